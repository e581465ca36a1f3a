//! Signing in, staying signed in, and leaving.

use serde_json::Value;

use crate::support::on_both;

on_both! {
    async fn the_first_owner_comes_by_the_printed_link_once(app: TestApp) {
        let token = app.app.identity.setup_token(chrono::Utc::now()).await.unwrap().expect("a link");
        let mut owner = app.browser();
        let answer = owner.try_set_up_owner(&token, "ada@example.org", "a pine by the lake").await;
        assert_eq!(answer.done("setUpOwner")["session"]["viewer"]["user"]["role"], "OWNER");
        let answer = owner.ask("{ viewer { user { email } } setup { needsOwner } }", Value::Null).await;
        assert_eq!(answer.data()["viewer"]["user"]["email"], "ada@example.org");
        assert_eq!(answer.data()["setup"]["needsOwner"], false);

        let answer = app.browser().try_set_up_owner(&token, "eve@example.org", "a pine by the lake").await;
        assert!(answer.refused("setUpOwner").starts_with("INVALID input.token:"), "{}", answer.refused("setUpOwner"));
        assert_eq!(app.app.identity.setup_token(chrono::Utc::now()).await.unwrap(), None);
    }
}
