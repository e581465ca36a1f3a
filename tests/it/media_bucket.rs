//! Pictures in a bucket: the same promises as on a disk, against a server that speaks S3 and checks signatures.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use chrono::{TimeDelta, Utc};
use entity::user::Role;
use hillside::{config::Settings, server};
use image::ImageFormat;
use serde_json::{Value, json};

use crate::support::{media::drawing, on_both};

const SKIP: &str = "HILLSIDE_TEST_SKIP_S3";
const ID: &str = "HILLSIDEKEY";
const SECRET: &str = "a secret of the bucket";
const BUCKET: &str = "pictures";

/// A server with one empty bucket; it ends with the test.
struct S3 {
    process: Child,
    port: u16,
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl S3 {
    /// Starts one in `folder`; nothing where somebody chose to go without. Without that choice its absence is a failure.
    fn start(folder: &Path) -> Option<Self> {
        if std::env::var(SKIP).is_ok_and(|value| value == "1") {
            eprintln!("{SKIP}=1: not run against a server that speaks S3");
            return None;
        }
        std::fs::create_dir_all(folder.join(BUCKET)).expect("a bucket");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
        let process = Command::new("s3s-fs")
            .args(["--access-key", ID, "--secret-key", SECRET, "--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|cause| {
                panic!("s3s-fs does not start ({cause}): run scripts/setup-tests.sh, or set {SKIP}=1")
            });
        let server = Self { process, port };
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(20), "s3s-fs does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(server)
    }

    fn settings(&self, secret: &str) -> Settings {
        Settings {
            media_s3_bucket: Some(BUCKET.to_owned()),
            media_s3_endpoint: Some(format!("http://127.0.0.1:{}", self.port)),
            media_s3_access_key_id: Some(ID.to_owned()),
            media_s3_secret_access_key: Some(secret.to_owned()),
            ..Settings::default()
        }
    }
}

fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|it| if it.path().is_dir() { files(&it.path()) } else { 1 }).sum()
}

on_both! {
    async fn pictures_are_kept_in_the_bucket_and_nowhere_else(app: TestApp) {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(bucket) = S3::start(folder.path()) else { return };
        let app = app.restart_with(bucket.settings(SECRET)).await;
        let editor = app.staff(Role::Editor).await;
        let file = drawing(300, 200, ImageFormat::Jpeg);
        let id = editor.upload("hills.jpg", file.clone()).await;
        let picture = editor.picture(&id).await;
        for path in [&picture["path"], &picture["url"], &picture["square"], &picture["url"]] {
            let (status, kind, bytes) = app.fetch(path.as_str().unwrap()).await;
            assert_eq!(status, 200, "{path}");
            assert!(kind.starts_with("image/") && image::load_from_memory(&bytes).is_ok(), "{path}");
        }
        assert_eq!(files(&folder.path().join(BUCKET)), 3, "the picture and two renditions");
        assert_eq!(files(&app.folder().join("media")), 0);
        assert_eq!(editor.upload("again.jpg", file).await, id);

        // Another server on the same bucket has them too; what is missing in it is not there.
        let path = picture["path"].as_str().unwrap().to_owned();
        let app = app.restart_with(bucket.settings(SECRET)).await;
        assert_eq!(app.fetch(picture["url"].as_str().unwrap()).await.0, 200);
        assert_eq!(app.fetch(&format!("{path}/640.jpg")).await.0, 200);

        // What was thrown away goes from the bucket as well.
        let editor = app.staff(Role::Editor).await;
        editor.media("trashMedia", json!({ "id": id, "version": 1 })).await.done("trashMedia");
        assert_eq!(server::empty_trash(&app.app, Utc::now() + TimeDelta::days(31)).await.expect("a round"), 1);
        assert_eq!(files(&folder.path().join(BUCKET)), 0);
    }

    async fn a_bucket_that_refuses_is_said_and_leaves_no_picture(app: TestApp) {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(server) = S3::start(folder.path()) else { return };
        let app = app.restart_with(server.settings("another secret")).await;
        let editor = app.staff(Role::Editor).await;
        let answer = editor.try_upload("hills.jpg", drawing(30, 20, ImageFormat::Jpeg)).await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.body["message"], "This picture could not be kept just now. Try again in a moment.");
        let found = editor.ask("{ media { totalCount } }", Value::Null).await;
        assert_eq!(found.data()["media"]["totalCount"], 0);
    }
}
