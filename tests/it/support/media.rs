//! Pictures as an editor sends them, made here: no test brings a photograph along.

use std::{
    io::Cursor,
    sync::atomic::{AtomicU32, Ordering},
};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, Staff, TestApp};

/// A picture in which each place has a colour of its own, so that what was cut or turned can be told; no two that were
/// drawn are the same.
pub fn drawing(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    static DRAWN: AtomicU32 = AtomicU32::new(0);
    let blue = u8::try_from(DRAWN.fetch_add(1, Ordering::Relaxed) % 200).expect("below 200");
    let shade = |place: u32, whole: u32| u8::try_from(place * 255 / whole.max(1)).expect("at most 255");
    let image = RgbImage::from_fn(width, height, |x, y| Rgb([shade(x, width), shade(y, height), blue]));
    encoded(&DynamicImage::ImageRgb8(image), format)
}

/// A picture in a format.
pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("it can be written");
    bytes.into_inner()
}

/// A block that shows a picture.
pub fn shown(key: &str, media: &str) -> Value {
    json!({ "media": { "key": key, "media": media, "caption": "Seen from the road.", "placing": "WIDE", "shape": "LANDSCAPE" } })
}

const PICTURE: &str = "id fileName alt decorative missingAlt focalPoint { x y } credit tags mimeType width height \
    byteSize path url(width: 320, format: WEBP) square: url(width: 160, shape: SQUARE, format: JPEG) blurhash usedCount version trashedAt";

impl Staff {
    /// Sends a file and answers what came of it.
    pub async fn try_upload(&self, file_name: &str, bytes: Vec<u8>) -> Answer {
        let request = self.request(Method::POST, "/admin/media").header("x-file-name", file_name).body(bytes);
        Answer::to(request).await
    }

    /// Sends a file that is taken in; answers the picture's id.
    pub async fn upload(&self, file_name: &str, bytes: Vec<u8>) -> String {
        let answer = self.try_upload(file_name, bytes).await;
        answer.body["id"].as_str().unwrap_or_else(|| panic!("it was not taken in: {:#}", answer.body)).to_owned()
    }

    /// A picture as staff see it; null when there is none.
    pub async fn picture(&self, id: &str) -> Value {
        let query = format!("query ($id: ID!) {{ mediaItem(id: $id) {{ {PICTURE} }} }}");
        self.ask(&query, json!({ "id": id })).await.data()["mediaItem"].clone()
    }

    /// Does something with a picture: `updateMedia`, `trashMedia`.
    pub async fn media(&self, mutation: &str, input: Value) -> Answer {
        let ty = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation ($input: {ty}!) {{ {mutation}(input: $input) {{ media {{ {PICTURE} }} userErrors {{ code message path }} }} }}"
        );
        self.ask(&query, json!({ "input": input })).await
    }
}

impl TestApp {
    /// Fetches something as bytes: status, content type, bytes.
    pub async fn fetch(&self, path: &str) -> (u16, String, Vec<u8>) {
        let response = reqwest::get(self.url(path)).await.expect("an answer");
        let kind = response.headers().get("content-type").map_or("", |kind| kind.to_str().expect("a text")).to_owned();
        (response.status().as_u16(), kind, response.bytes().await.expect("a whole answer").to_vec())
    }
}
