//! Pictures: what is taken in and what is made of it, where it is shown, and what becomes of it.

use chrono::{TimeDelta, Utc};
use entity::user::Role;
use hillside::server;
use image::{DynamicImage, ExtendedColorType, GenericImageView, ImageEncoder, ImageFormat, Rgba, RgbaImage};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::support::{
    Answer, Staff,
    entry::{page, quote},
    markup::tags,
    media::{drawing, encoded, shown},
    on_both, row_counts,
};

const LIST: &str = "query ($filter: MediaFilterInput, $first: Int, $after: String) { \
    media(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id } } }";

/// The ids that a list has.
async fn listed(staff: &Staff, filter: Value) -> Vec<String> {
    let answer = staff.ask(LIST, json!({ "filter": filter })).await;
    let nodes = answer.data()["media"]["nodes"].as_array().expect("nodes").clone();
    nodes.iter().map(|node| node["id"].as_str().expect("an id").to_owned()).collect()
}

/// What a refusal of a file says.
fn refusal(answer: &Answer) -> String {
    let text = |field: &str| answer.body[field].as_str().unwrap_or_default().to_owned();
    format!("{} {}: {}", answer.status.as_u16(), text("code"), text("message"))
}

/// A JPEG of 40 × 20 pixels, the left half red, whose file says that it is to be turned to the right by a quarter, and
/// where it was taken.
fn turned_jpeg() -> Vec<u8> {
    let mut pixels = Vec::new();
    for _ in 0..20 {
        for x in 0..40 {
            pixels.extend(if x < 20 { [220, 20, 20] } else { [20, 20, 220] });
        }
    }
    // TIFF, little-endian: an orientation of 6, and a description that stands for all that a camera writes.
    let secret = b"51.5007 N 0.1246 W\0";
    let mut exif = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    exif.extend(b"\x0e\x01\x02\0\x13\0\0\0\x26\0\0\0");
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend([0; 4]);
    exif.extend(secret);
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(exif).expect("JPEG has Exif");
    encoder.write_image(&pixels, 40, 20, ExtendedColorType::Rgb8).expect("it can be written");
    bytes
}

/// A PNG that says it has so many pixels, and has hardly any bytes.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(&DynamicImage::new_rgb8(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

/// The checksum of PNG's chunks (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// Red, green or blue: whichever is most of it.
fn colour(image: &DynamicImage, x: u32, y: u32) -> char {
    let [red, green, blue, _] = image.get_pixel(x, y).0;
    match red.max(green).max(blue) {
        most if most == red => 'r',
        most if most == green => 'g',
        _ => 'b',
    }
}

on_both! {
    async fn a_picture_is_told_by_its_bytes_and_made_anew(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        for (format, mime_type) in [
            (ImageFormat::Jpeg, "image/jpeg"),
            (ImageFormat::Png, "image/png"),
            (ImageFormat::WebP, "image/webp"),
            (ImageFormat::Gif, "image/png"),
        ] {
            // Whatever the name says.
            let id = editor.upload("..%2Fh%C3%BCgel.svg", drawing(64, 48, format)).await;
            let picture = editor.picture(&id).await;
            assert_eq!(picture["fileName"], "hügel.svg");
            assert_eq!((&picture["mimeType"], &picture["width"], &picture["height"]), (&json!(mime_type), &json!(64), &json!(48)));
            assert!(picture["blurhash"].as_str().is_some_and(|hash| hash.len() == 28), "{picture:#}");
            let (status, kind, bytes) = app.fetch(picture["path"].as_str().unwrap()).await;
            assert_eq!((status, kind.as_str()), (200, mime_type));
            let seen = image::load_from_memory(&bytes).unwrap();
            assert_eq!((seen.width(), seen.height(), colour(&seen, 60, 2), colour(&seen, 2, 44)), (64, 48, 'r', 'g'));
        }
    }

    async fn what_is_no_picture_is_refused_with_advice_and_leaves_nothing(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let before = row_counts(app.app.db.reader()).await;
        let mut cut = drawing(64, 48, ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        let files: [(&str, Vec<u8>); 9] = [
            ("an SVG", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec()),
            ("a page", b"<!doctype html><script>alert(1)</script>".to_vec()),
            ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()),
            ("AVIF", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf".to_vec()),
            ("a PDF", b"%PDF-1.7".to_vec()),
            ("half a PNG", cut),
            ("nothing", Vec::new()),
            ("a bomb", bomb(30_000, 30_000)),
            ("a long bomb", bomb(20_000, 1)),
        ];
        let mut said = Vec::new();
        for (what, bytes) in files {
            said.push(format!("{what}: {}", refusal(&editor.try_upload("hills.png", bytes).await)));
        }
        let heavy = editor.try_upload("hills.png", vec![0; 20 * 1024 * 1024 + 1]).await;
        said.push(format!("21 MiB: {}", refusal(&heavy)));
        insta::assert_snapshot!(said.join("\n"), @r"
        an SVG: 422 INVALID: SVG drawings can carry scripts and are not taken in. Save it as PNG and choose that.
        a page: 422 INVALID: This is no picture that can be taken in. Choose a JPEG, PNG, WebP or GIF file.
        HEIC: 422 INVALID: HEIC pictures, as telephones make them, cannot be taken in. Save it as JPEG and choose it again.
        AVIF: 422 INVALID: AVIF pictures cannot be taken in. Save it as JPEG, PNG or WebP; the site offers AVIF by itself.
        a PDF: 422 INVALID: This is no picture that can be taken in. Choose a JPEG, PNG, WebP or GIF file.
        half a PNG: 422 INVALID: This picture is damaged and cannot be read. Save it again and choose it anew.
        nothing: 422 REQUIRED: This file is empty.
        a bomb: 413 TOO_LARGE: This picture has 30000 × 30000 pixels. Scale it down to 50 million in all and 16384 a side.
        a long bomb: 413 TOO_LARGE: This picture has 20000 × 1 pixels. Scale it down to 50 million in all and 16384 a side.
        21 MiB: 413 TOO_LARGE: Keep a picture to 20 MiB; scale it down and choose it again.
        ");
        assert_eq!(row_counts(app.app.db.reader()).await, before);
    }

    async fn nothing_of_a_file_but_its_pixels_is_kept(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let sent = turned_jpeg();
        assert!(sent.windows(7).any(|part| part == b"51.5007"), "the file tells where it was taken");
        let picture = editor.picture(&editor.upload("me.jpg", sent).await).await;
        // Turned by a quarter to the right: what was left is on top.
        assert_eq!((&picture["width"], &picture["height"]), (&json!(20), &json!(40)));
        for path in [&picture["path"], &picture["url"], &picture["square"]] {
            let (status, _, bytes) = app.fetch(path.as_str().unwrap()).await;
            assert_eq!(status, 200);
            assert!(!bytes.windows(7).any(|part| part == b"51.5007") && !bytes.windows(4).any(|part| part == b"Exif"));
        }
        let seen = image::load_from_memory(&app.fetch(picture["path"].as_str().unwrap()).await.2).unwrap();
        assert_eq!((colour(&seen, 10, 5), colour(&seen, 10, 35)), ('r', 'b'));
    }

    async fn colours_of_another_space_are_brought_to_srgb(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile).unwrap();
        encoder.write_image(&[200, 100, 60].repeat(16), 4, 4, ExtendedColorType::Rgb8).unwrap();
        let picture = editor.picture(&editor.upload("p3.png", bytes).await).await;
        let seen = image::load_from_memory(&app.fetch(picture["path"].as_str().unwrap()).await.2).unwrap();
        let [red, green, blue, _] = seen.get_pixel(1, 1).0;
        // The same colour in sRGB is redder, with less of the others.
        assert!(red > 205 && green < 100 && blue < 56, "{red} {green} {blue}");
    }

    async fn the_same_file_again_is_the_same_picture(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let file = drawing(40, 30, ImageFormat::Jpeg);
        let first = editor.try_upload("hills.jpg", file.clone()).await;
        assert_eq!((first.status, &first.body["isNew"]), (StatusCode::CREATED, &json!(true)));
        let again = editor.try_upload("other.jpg", file.clone()).await;
        assert_eq!((again.status, &again.body), (StatusCode::OK, &json!({ "id": first.body["id"], "isNew": false })));
        // Several at once, as a window full of files that somebody dropped twice.
        let other = drawing(40, 30, ImageFormat::Jpeg);
        let sent = futures_util::future::join_all((0..4).map(|_| editor.upload("b.jpg", other.clone()))).await;
        assert!(sent.iter().all(|id| *id == sent[0]), "{sent:?}");
        assert_eq!(listed(&editor, Value::Null).await.len(), 2);
        // Out of the trash as well.
        let id = first.body["id"].as_str().unwrap();
        editor.media("trashMedia", json!({ "id": id, "version": 1 })).await.done("trashMedia");
        assert_eq!(editor.picture(id).await, Value::Null);
        assert_eq!(editor.upload("hills.jpg", file).await, id);
        assert_eq!(editor.picture(id).await["trashedAt"], Value::Null);
    }

    async fn only_who_writes_content_brings_pictures(app: TestApp) {
        let file = || drawing(8, 8, ImageFormat::Png);
        let mut said = Vec::new();
        for role in [Role::Owner, Role::Admin, Role::Editor, Role::Reviewer, Role::Admissions, Role::Auditor] {
            said.push((role, app.staff(role).await.try_upload("a.png", file()).await.status.as_u16()));
        }
        assert_eq!(said, [
            (Role::Owner, 201), (Role::Admin, 201), (Role::Editor, 201),
            (Role::Reviewer, 403), (Role::Admissions, 403), (Role::Auditor, 403),
        ]);
        assert_eq!(refusal(&app.browser().try_upload("a.png", file()).await), "401 UNAUTHENTICATED: Sign in to do this.");
        let mut stranger = app.browser();
        stranger.token = Some("nonsense".to_owned());
        assert_eq!(stranger.try_upload("a.png", file()).await.status, 401);
        // The cookie alone, which a browser sends from anywhere, is nobody's word.
        let mut editor = app.staff(Role::Editor).await;
        editor.token = None;
        let cookie = format!("__Host-hillside_rt={}", editor.cookie.clone().unwrap());
        let sent = editor.request(Method::POST, "/admin/media").header(header::COOKIE, cookie).body(file());
        assert_eq!(Answer::to(sent).await.status, 401);
    }

    async fn renditions_are_of_the_asked_width_and_never_change(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let picture = editor.picture(&editor.upload("hills.png", drawing(700, 350, ImageFormat::Png)).await).await;
        let path = picture["path"].as_str().unwrap().to_owned();
        for (name, kind, width, height) in [
            ("320.jpg", "image/jpeg", 320, 160),
            ("320.webp", "image/webp", 320, 160),
            // Never larger than it is.
            ("2560.jpg", "image/jpeg", 700, 350),
            ("160-16x9-50-50.webp", "image/webp", 160, 90),
            ("160-1x1-50-50.jpg", "image/jpeg", 160, 160),
            ("160-4x5-50-50.jpg", "image/jpeg", 160, 200),
        ] {
            let (status, told, bytes) = app.fetch(&format!("{path}/{name}")).await;
            assert_eq!((status, told.as_str()), (200, kind), "{name}");
            let seen = image::load_from_memory(&bytes).unwrap();
            assert_eq!((seen.width(), seen.height()), (width, height), "{name}");
            assert_eq!(app.fetch(&format!("{path}/{name}")).await.2, bytes, "{name}");
        }
        let (status, told, bytes) = app.fetch(&format!("{path}/320.avif")).await;
        assert_eq!((status, told.as_str(), &bytes[4..12]), (200, "image/avif", b"ftypavif".as_slice()));

        let answer = app.visitor().get(&format!("{path}/320.jpg")).await;
        assert_eq!(answer.headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(answer.headers["content-security-policy"], "default-src 'none'; sandbox");
        let tag = answer.headers["etag"].clone();
        let known = app.visitor().request(Method::GET, &format!("{path}/320.jpg")).header(header::IF_NONE_MATCH, tag);
        assert_eq!(Answer::to(known).await.status, StatusCode::NOT_MODIFIED);

        // Nothing that is not offered is made, nor around a point that is not the picture's.
        let unknown = "0".repeat(64);
        for path in [
            format!("{path}/321.jpg"), format!("{path}/320.gif"), format!("{path}/320.jpg/x"), format!("{path}/"),
            format!("{path}/160-1x1-10-10.jpg"), format!("{path}/160-1x1.jpg"), format!("{path}/..%2f..%2fkeys.json"),
            format!("/media/{unknown}"), format!("/media/{unknown}/320.jpg"), "/media/".to_owned(), "/media/x".to_owned(),
            format!("/media/{}", picture["id"].as_str().unwrap()),
        ] {
            assert_eq!(app.fetch(&path).await.0, 404, "{path}");
        }
    }

    async fn who_asks_at_once_gets_the_same_and_it_is_made_once(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let picture = editor.picture(&editor.upload("hills.png", drawing(900, 600, ImageFormat::Png)).await).await;
        let path = format!("{}/640.webp", picture["path"].as_str().unwrap());
        let answers = futures_util::future::join_all((0..20).map(|_| app.fetch(&path))).await;
        assert!(answers.iter().all(|answer| answer.0 == 200 && answer.2 == answers[0].2));
        let hash = path.split('/').nth(2).unwrap();
        let made = app.folder().join("media/renditions").join(&hash[..2]).join(&hash[2..]);
        assert_eq!(std::fs::read_dir(made).unwrap().count(), 1);
    }

    async fn a_crop_keeps_the_focal_point_and_has_an_address_of_its_own(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        // Red on the left, green in the middle, blue on the right.
        let image = RgbaImage::from_fn(300, 100, |x, _| match x / 100 {
            0 => Rgba([250, 0, 0, 255]),
            1 => Rgba([0, 250, 0, 255]),
            _ => Rgba([0, 0, 250, 255]),
        });
        let id = editor.upload("flag.png", encoded(&DynamicImage::ImageRgba8(image), ImageFormat::Png)).await;
        let mut addresses = Vec::new();
        for (version, x, expected) in [(1, 0, 'r'), (2, 50, 'g'), (3, 100, 'b')] {
            let input = json!({ "id": id, "version": version, "focalPoint": { "x": x, "y": 50 } });
            let picture = editor.media("updateMedia", input).await.done("updateMedia")["media"].clone();
            let address = picture["square"].as_str().unwrap().to_owned();
            let (status, _, bytes) = app.fetch(&address).await;
            assert_eq!(status, 200, "{address}");
            let seen = image::load_from_memory(&bytes).unwrap();
            assert_eq!((seen.width(), seen.height(), colour(&seen, 50, 50)), (100, 100, expected), "{address}");
            addresses.push(address);
        }
        // What was made around an earlier point stays where it was, for pages that were made with it.
        for address in addresses {
            assert_eq!(app.fetch(&address).await.0, 200);
        }
    }

    async fn what_is_transparent_stays_so_where_it_can(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let image = RgbaImage::from_fn(64, 64, |x, _| Rgba([200, 0, 0, if x < 32 { 0 } else { 255 }]));
        let id = editor.upload("leaf.png", encoded(&DynamicImage::ImageRgba8(image), ImageFormat::Png)).await;
        let path = editor.picture(&id).await["path"].as_str().unwrap().to_owned();
        let seen = async |name: &str| image::load_from_memory(&app.fetch(&format!("{path}/{name}")).await.2).unwrap();
        assert_eq!(seen("160.webp").await.get_pixel(4, 4).0[3], 0);
        let [red, green, blue, _] = seen("160.jpg").await.get_pixel(4, 4).0;
        assert!(red > 240 && green > 240 && blue > 240, "white shows through");
    }

    async fn what_is_said_of_a_picture_is_kept_and_two_do_not_overwrite_each_other(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let id = editor.upload("hills.jpg", drawing(40, 30, ImageFormat::Jpeg)).await;
        assert_eq!(editor.picture(&id).await["missingAlt"], true);
        let said = json!({
            "id": id, "version": 1, "alt": " Hills at dawn ", "credit": "A. Example", "tags": ["House", "garden", "house "],
            "focalPoint": { "x": 20, "y": 80 },
        });
        let picture = editor.media("updateMedia", said.clone()).await.done("updateMedia")["media"].clone();
        assert_eq!(picture["alt"], "Hills at dawn");
        assert_eq!(picture["tags"], json!(["garden", "house"]));
        assert_eq!(picture["focalPoint"], json!({ "x": 20, "y": 80 }));
        assert_eq!((&picture["missingAlt"], &picture["version"]), (&json!(false), &json!(2)));
        assert_eq!(editor.picture(&id).await, picture);

        insta::assert_snapshot!(editor.media("updateMedia", said).await.refused("updateMedia"), @"CONFLICT input.version: Somebody changed this picture meanwhile. Look at it again, then change it.");
        let update = async |change: Value| {
            let mut input = json!({ "id": id, "version": 2 });
            input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            editor.media("updateMedia", input).await
        };
        insta::assert_snapshot!(update(json!({ "decorative": true })).await.refused("updateMedia"), @"INVALID input.alt: A picture that only decorates has no alternative text: remove the text, or say that it shows something.");
        insta::assert_snapshot!(update(json!({ "alt": "x".repeat(401) })).await.refused("updateMedia"), @"TOO_LARGE input.alt: Shorten the field “alt” to 400 characters; it has 401.");
        insta::assert_snapshot!(update(json!({ "focalPoint": { "x": 101, "y": 0 } })).await.refused("updateMedia"), @"INVALID input.focalPoint: The focal point is inside the picture: 0 to 100 percent.");
        insta::assert_snapshot!(update(json!({ "tags": ["x".repeat(41)] })).await.refused("updateMedia"), @"TOO_LARGE input.tags.0: Shorten number 1 to 40 characters; it has 41.");
        let picture = update(json!({ "decorative": true, "alt": "", "tags": [] })).await.done("updateMedia")["media"].clone();
        assert_eq!((&picture["missingAlt"], &picture["tags"]), (&json!(false), &json!([])));
    }

    async fn a_list_is_filtered_and_goes_on(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let mut ids = Vec::new();
        for name in ["house.jpg", "garden.jpg", "100%25.jpg"] {
            ids.push(editor.upload(name, drawing(40, 30, ImageFormat::Jpeg)).await);
        }
        let said = json!({ "id": ids[0], "version": 1, "alt": "Our House", "tags": ["outside"] });
        editor.media("updateMedia", said).await.done("updateMedia");
        editor.create_page("a", page("A", vec![shown("a", &ids[1])])).await;
        let of = async |filter: Value| listed(&editor, filter).await;
        assert_eq!(of(Value::Null).await, [ids[2].clone(), ids[1].clone(), ids[0].clone()]);
        assert_eq!(of(json!({ "query": "our house" })).await, [ids[0].clone()]);
        assert_eq!(of(json!({ "query": "100%" })).await, [ids[2].clone()]);
        assert_eq!(of(json!({ "missingAlt": true })).await, [ids[2].clone(), ids[1].clone()]);
        assert_eq!(of(json!({ "unused": true })).await, [ids[2].clone(), ids[0].clone()]);
        assert_eq!(of(json!({ "tag": "Outside" })).await, [ids[0].clone()]);
        assert_eq!(of(json!({ "missingAlt": true, "unused": true, "query": "garden" })).await, [""; 0]);
        assert_eq!(editor.ask("{ mediaTags }", Value::Null).await.data()["mediaTags"], json!(["outside"]));

        let first = editor.ask(LIST, json!({ "first": 2 })).await.data()["media"].clone();
        assert_eq!((&first["totalCount"], &first["pageInfo"]["hasNextPage"]), (&json!(3), &json!(true)));
        let rest = editor.ask(LIST, json!({ "first": 2, "after": first["pageInfo"]["endCursor"] })).await;
        assert_eq!(rest.data()["media"]["nodes"], json!([{ "id": ids[0] }]));
    }

    async fn a_picture_that_is_used_is_not_thrown_away(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let id = editor.upload("hills.jpg", drawing(40, 30, ImageFormat::Jpeg)).await;
        let user = editor.create_page("a", page("About us", vec![shown("a", &id)])).await;
        editor.create_page("b", page("Home", vec![quote("q", "Words."), shown("a", &id)])).await;
        assert_eq!(editor.picture(&id).await["usedCount"], 2);
        let uses = editor
            .ask("query ($id: ID!) { uses(id: $id) { nodes { title places { label } } } }", json!({ "id": id }))
            .await;
        assert_eq!(uses.data()["uses"]["nodes"][1], json!({ "title": "Home", "places": [{ "label": "Picture, block 2" }] }));
        let trash = json!({ "id": id, "version": 1 });
        insta::assert_snapshot!(editor.media("trashMedia", trash.clone()).await.refused("trashMedia"), @"ILLEGAL_TRANSITION input.id: This picture is used: “About us” and “Home”. Take it out there first.");
        editor.create_page("c", page("Third", vec![shown("a", &id)])).await;
        editor.create_page("d", page("Fourth", vec![shown("a", &id)])).await;
        insta::assert_snapshot!(editor.media("trashMedia", trash.clone()).await.refused("trashMedia"), @"ILLEGAL_TRANSITION input.id: This picture is used: “About us”, “Home”, “Third” and 1 more. Take it out there first.");
        assert_eq!(editor.picture(&user.id).await, Value::Null);

        let unused = editor.upload("other.jpg", drawing(40, 30, ImageFormat::Jpeg)).await;
        let trash = json!({ "id": unused, "version": 1 });
        let picture = editor.media("trashMedia", trash.clone()).await.done("trashMedia")["media"].clone();
        assert!(picture["trashedAt"].is_string());
        assert_eq!(listed(&editor, json!({ "trashed": true })).await, std::slice::from_ref(&unused));
        assert_eq!(app.fetch(picture["path"].as_str().unwrap()).await.0, 404);
        insta::assert_snapshot!(editor.media("trashMedia", trash).await.refused("trashMedia"), @"NOT_FOUND input.id: There is no such picture.");
        editor.media("restoreMedia", json!({ "id": unused })).await.done("restoreMedia");
        assert_eq!(app.fetch(picture["path"].as_str().unwrap()).await.0, 200);
    }

    async fn the_picture_of_link_previews_is_used_by_the_brand(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let brand = editor.ask(LIST, json!({ "filter": { "query": "detox" } })).await.data()["media"]["nodes"][0]["id"].clone();
        assert!(!listed(&editor, json!({ "unused": true })).await.contains(&brand.as_str().unwrap().to_owned()));
        let refused = editor.media("trashMedia", json!({ "id": brand, "version": 1 })).await.refused("trashMedia");
        assert!(refused.contains("“Brand settings”"), "{refused}");
        let html = app.visitor().get("/").await.body.as_str().unwrap().to_owned();
        let tags = tags(&html);
        let image = tags.iter().find(|tag| tag.get("property") == "og:image").expect("a picture of previews");
        let path = image.get("content").strip_prefix(&app.config.public_url).expect("an address of ours").to_owned();
        assert_eq!(app.fetch(&path).await.1, "image/jpeg");
    }

    async fn a_page_has_a_picture_of_link_previews_of_its_own(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let id = editor.upload("share.jpg", drawing(1_200, 630, ImageFormat::Jpeg)).await;
        let content = json!({ "title": "Shared", "seo": { "image": id }, "blocks": [] });
        let draft = editor.create_page("shared", content).await;
        let publish = json!({ "id": draft.id, "revision": draft.revision });
        let refused = editor.entry("publishPage", publish.clone()).await.refused("publishPage");
        assert!(refused.contains("input.content.seo.image: The picture of link previews, “share.jpg”,"), "{refused}");
        editor.media("updateMedia", json!({ "id": id, "version": 1, "alt": "Hills" })).await.done("updateMedia");
        editor.entry("publishPage", publish).await.done("publishPage");

        let html = app.visitor().get("/shared").await.body.as_str().unwrap().to_owned();
        let tags = tags(&html);
        let of = |property: &str| tags.iter().find(|tag| tag.get("property") == property).expect("a tag").get("content").to_owned();
        let path = editor.picture(&id).await["path"].as_str().unwrap().to_owned();
        assert!(of("og:image").starts_with(&format!("{}{path}/", app.config.public_url)), "{}", of("og:image"));
        assert_eq!(of("og:image:alt"), "Hills");
        let query = "{ route(path: \"/shared\") { ... on Page { shareImage { alt } } } }";
        assert_eq!(app.visitor().ask(query, Value::Null).await.data()["route"]["shareImage"]["alt"], "Hills");
        // It counts as a use, with its place in words.
        let uses = "query ($id: ID!) { uses(id: $id) { nodes { title places { label } } } }";
        let used = editor.ask(uses, json!({ "id": id })).await.data()["uses"]["nodes"].clone();
        assert_eq!(used, json!([{ "title": "Shared", "places": [{ "label": "Picture of link previews" }] }]));
    }

    async fn what_the_public_sees_keeps_its_words(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let id = editor.upload("hills.png", drawing(80, 60, ImageFormat::Png)).await;
        editor.media("updateMedia", json!({ "id": id, "version": 1, "alt": "Hills" })).await.done("updateMedia");
        editor.media("updateMedia", json!({ "id": id, "version": 2, "alt": "" })).await.done("updateMedia");
        editor.media("updateMedia", json!({ "id": id, "version": 3, "alt": "Hills" })).await.done("updateMedia");
        editor.published_page("a", page("A", vec![shown("a", &id)])).await;
        let refused = editor.media("updateMedia", json!({ "id": id, "version": 4, "alt": "" })).await.refused("updateMedia");
        assert!(refused.starts_with("REQUIRED input.alt: It is shown to the public"), "{refused}");
        editor.media("updateMedia", json!({ "id": id, "version": 4, "alt": "", "decorative": true })).await.done("updateMedia");
    }

    async fn what_was_thrown_away_or_replaced_goes_for_good_after_thirty_days(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let round = async |days: i64| server::empty_trash(&app.app, Utc::now() + TimeDelta::days(days)).await.expect("a round");
        let status = async |path: &Value| app.fetch(path.as_str().expect("an address")).await.0;
        let thrown = editor.upload("thrown.png", drawing(80, 60, ImageFormat::Png)).await;
        let kept = editor.upload("kept.png", drawing(80, 60, ImageFormat::Png)).await;
        let (before, replaced) = (editor.picture(&thrown).await, editor.picture(&kept).await);
        for picture in [&before, &replaced] {
            assert_eq!((status(&picture["path"]).await, status(&picture["url"]).await), (200, 200));
        }
        editor.media("trashMedia", json!({ "id": thrown, "version": 1 })).await.done("trashMedia");
        let upload = editor.upload("new.png", drawing(80, 60, ImageFormat::Png)).await;
        let now = editor.media("replaceMedia", json!({ "id": kept, "version": 1, "upload": upload })).await.done("replaceMedia")["media"].clone();

        assert_eq!(round(0).await + round(29).await, 0);
        // Pages that were built with the old file still find what was made of it.
        assert_eq!(status(&replaced["url"]).await, 200);
        assert_eq!(round(31).await, 2);
        assert_eq!((status(&before["url"]).await, status(&replaced["url"]).await), (404, 404));
        assert_eq!((status(&now["path"]).await, status(&now["url"]).await), (200, 200));
        let gone = editor.media("restoreMedia", json!({ "id": thrown })).await.refused("restoreMedia");
        assert!(gone.starts_with("NOT_FOUND input.id"), "{gone}");
        assert_eq!(round(90).await, 0);
    }

    async fn a_replaced_file_is_shown_wherever_the_picture_is(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let id = editor.upload("old.jpg", drawing(40, 30, ImageFormat::Jpeg)).await;
        let said = json!({ "id": id, "version": 1, "alt": "Hills", "focalPoint": { "x": 1, "y": 2 }, "tags": ["house"] });
        let before = editor.media("updateMedia", said).await.done("updateMedia")["media"].clone();
        editor.published_page("a", page("A", vec![shown("a", &id)])).await;
        let old = app.visitor().get("/a").await.body.as_str().unwrap().to_owned();

        let upload = editor.upload("new.png", drawing(80, 60, ImageFormat::Png)).await;
        let replace = async |version: i32, upload: &str| {
            editor.media("replaceMedia", json!({ "id": id, "version": version, "upload": upload })).await
        };
        let after = replace(2, &upload).await.done("replaceMedia")["media"].clone();
        assert_eq!((&after["id"], &after["alt"], &after["tags"]), (&before["id"], &before["alt"], &before["tags"]));
        assert_eq!((&after["fileName"], &after["width"], &after["focalPoint"]), (&json!("new.png"), &json!(80), &json!({ "x": 50, "y": 50 })));
        assert_ne!(after["path"], before["path"]);
        assert_eq!(editor.picture(&upload).await, Value::Null);
        let new = app.visitor().get("/a").await.body.as_str().unwrap().to_owned();
        assert!(old.contains(before["path"].as_str().unwrap()) && new.contains(after["path"].as_str().unwrap()));

        // What would lose somebody's work is refused.
        insta::assert_snapshot!(replace(3, &id).await.refused("replaceMedia"), @"INVALID input.upload: This is the file that the picture has already.");
        insta::assert_snapshot!(replace(3, &upload).await.refused("replaceMedia"), @"NOT_FOUND input.upload: There is no such picture. Send the file again.");
        let described = editor.upload("b.png", drawing(80, 60, ImageFormat::Png)).await;
        editor.media("updateMedia", json!({ "id": described, "version": 1, "alt": "B" })).await.done("updateMedia");
        insta::assert_snapshot!(replace(3, &described).await.refused("replaceMedia"), @"TAKEN input.upload: This file is a picture of the library already. Use that picture in place of this one.");
        let used = editor.upload("c.png", drawing(80, 60, ImageFormat::Png)).await;
        editor.create_page("b", page("B", vec![shown("a", &used)])).await;
        insta::assert_snapshot!(replace(3, &used).await.refused("replaceMedia"), @"TAKEN input.upload: This file is a picture that is used already: “B”. Use that picture in place of this one.");
        insta::assert_snapshot!(replace(1, &used).await.refused("replaceMedia"), @"CONFLICT input.version: Somebody changed this picture meanwhile. Look at it again, then change it.");
    }

    async fn a_picture_that_says_nothing_keeps_its_page_private(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let id = editor.upload("hills.jpg", drawing(1000, 800, ImageFormat::Jpeg)).await;
        let draft = editor.create_page("a", json!({ "title": "A", "summary": "S.", "blocks": [quote("q", "Words."), shown("m", &id)] })).await;
        let publish = async || editor.entry("publishPage", json!({ "id": draft.id, "revision": draft.revision })).await;
        insta::assert_snapshot!(publish().await.refused("publishPage"), @"REQUIRED input.content.blocks.1: The picture “hills.jpg” has no alternative text. Write what it shows, or say that it only decorates.");
        let checks = "query ($id: ID!) { page(id: $id) { checks { code severity message path blockKey } } }";
        let found = editor.ask(checks, json!({ "id": draft.id })).await.data()["page"]["checks"].clone();
        let finding = found.as_array().unwrap().iter().find(|it| it["code"] == "altText").expect("found").clone();
        assert_eq!((&finding["severity"], &finding["path"], &finding["blockKey"]), (&json!("BLOCKS"), &json!(["blocks", "1"]), &json!("m")));
        let plan = "mutation ($input: SchedulePublishInput!) { schedulePublish(input: $input) { schedule { id } userErrors { code message path } } }";
        let later = (chrono::Utc::now() + chrono::TimeDelta::days(1)).to_rfc3339();
        let input = json!({ "id": draft.id, "revision": draft.revision, "runAt": later, "timeZone": "Europe/Berlin" });
        assert!(editor.ask(plan, json!({ "input": input })).await.refused("schedulePublish").contains("alternative text"));

        editor.media("updateMedia", json!({ "id": id, "version": 1, "decorative": true, "credit": "A. Example" })).await.done("updateMedia");
        publish().await.done("publishPage");
        let html = app.visitor().get("/a").await.body.as_str().unwrap().to_owned();
        let tags = tags(&html);
        let image = tags.iter().find(|tag| tag.name == "img").expect("a picture");
        assert_eq!((image.get("alt"), image.get("width"), image.get("height"), image.get("loading")), ("", "1000", "562", "lazy"));
        assert!(html.contains("Seen from the road.") && html.contains("A. Example"));
        let sources: Vec<&str> = tags.iter().filter(|tag| tag.name == "source").map(|tag| tag.get("type")).collect();
        assert_eq!(sources, ["image/avif", "image/webp"]);
        // Each address there is leads to a picture of the width it promises.
        for (address, width) in image.get("srcset").split(", ").map(|it| it.split_once(' ').unwrap()) {
            let (status, _, bytes) = app.fetch(address).await;
            assert_eq!(status, 200, "{address}");
            assert_eq!(format!("{}w", image::load_from_memory(&bytes).unwrap().width()), width);
        }
    }

    async fn front_ends_read_a_picture_with_its_addresses(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let id = editor.upload("hills.jpg", drawing(300, 200, ImageFormat::Jpeg)).await;
        editor.media("updateMedia", json!({ "id": id, "version": 1, "alt": "Hills" })).await.done("updateMedia");
        editor.published_page("a", page("A", vec![shown("m", &id)])).await;
        let query = "query ($id: ID!) { node(id: $id) { ... on Media { id alt } } route(path: \"/a\") { ... on Page { blocks { \
            ... on MediaBlock { caption placing shape media { id alt width focalPoint { x y } url(width: 200, format: AVIF) srcset(shape: SQUARE) } } } } } }";
        let asked = app.visitor().ask(query, json!({ "id": id })).await.data().clone();
        let block = &asked["route"]["blocks"][0];
        assert_eq!((&block["caption"], &block["placing"], &block["shape"]), (&json!("Seen from the road."), &json!("WIDE"), &json!("LANDSCAPE")));
        assert_eq!((&block["media"]["id"], &block["media"]["alt"], &asked["node"]["alt"]), (&json!(id), &json!("Hills"), &json!("Hills")));
        let path = editor.picture(&id).await["path"].as_str().unwrap().to_owned();
        assert_eq!(block["media"]["url"], format!("{path}/320.avif"));
        assert_eq!(block["media"]["srcset"], format!("{path}/160-1x1-50-50.jpg 160w, {path}/320-1x1-50-50.jpg 200w"));

        // What the block shows is a part of it, and a front end elsewhere needs the whole address.
        let query = "{ route(path: \"/a\") { ... on Page { blocks { ... on MediaBlock { \
            url(width: 320, absolute: true) srcset(format: WEBP, absolute: true) width height media { url(absolute: true) } } } } } }";
        let asked = app.visitor().ask(query, Value::Null).await.data().clone();
        let at = format!("{}{path}", app.config.public_url);
        let rendition = |width: u32, ending: &str| format!("{at}/{width}-16x9-50-50.{ending}");
        assert_eq!(asked["route"]["blocks"][0], json!({
            "url": rendition(320, "jpg"),
            "srcset": format!("{} 160w, {} 300w", rendition(160, "webp"), rendition(320, "webp")),
            "width": 300,
            "height": 168,
            "media": { "url": format!("{at}/1280.jpg") },
        }));
    }
}
