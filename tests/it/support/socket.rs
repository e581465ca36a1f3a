//! What a member of staff follows, over a socket.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{ClientRequestBuilder, Message},
};

use super::Staff;

/// How long something may take to begin, or to be refused.
const PATIENCE: Duration = Duration::from_secs(5);

/// What came of following something.
#[derive(Debug, PartialEq, Eq)]
pub enum Followed {
    /// The first that came: a whole answer.
    Said(Value),
    /// There is no socket for whoever asked, by the code it was closed with.
    Closed(u16),
}

impl Staff {
    /// Follows a subscription for a moment, as whoever is signed in.
    pub async fn follow(&self, subscription: &str) -> Followed {
        let address = format!("{}/admin/graphql", self.base.replacen("http", "ws", 1));
        let request = ClientRequestBuilder::new(address.parse().expect("an address"));
        let (mut socket, _) = connect_async(request.with_sub_protocol("graphql-transport-ws")).await.expect("a socket");
        for message in [
            json!({ "type": "connection_init", "payload": { "accessToken": self.token } }),
            json!({ "type": "subscribe", "id": "1", "payload": { "query": subscription } }),
        ] {
            socket.send(Message::text(message.to_string())).await.expect("it is sent");
        }
        loop {
            let message = timeout(PATIENCE, socket.next()).await.expect("it says something");
            match message.expect("it is not dropped").expect("a message") {
                Message::Text(text) => {
                    let message: Value = serde_json::from_str(&text).expect("JSON");
                    if message["type"] == "next" {
                        return Followed::Said(message["payload"].clone());
                    }
                    assert_eq!(message["type"], "connection_ack", "{message}");
                }
                Message::Close(why) => return Followed::Closed(why.expect("a reason").code.into()),
                _ => {}
            }
        }
    }
}
