//! GraphQL over a WebSocket, for what goes on: the `graphql-transport-ws` protocol of the graphql-ws library, and no other.
//!
//! One task serves a socket. Each operation runs in a task of its own and says what it has through a short queue, so that
//! a client which does not read slows its own operations down, and nobody else.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use apollo_compiler::executable::OperationType;
use async_graphql::{Executor, Response as Executed, ServerError};
use futures_util::{FutureExt, SinkExt, StreamExt, future::BoxFuture};
use poem::{
    Endpoint, FromRequest, IntoResponse, Request, RequestBody, Response,
    http::{StatusCode, header},
    web::websocket::{CloseCode, Message, WebSocket, WebSocketConfig, WebSocketStream},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    sync::{Semaphore, mpsc},
    task::AbortHandle,
    time::{interval, sleep, timeout},
};
use uuid::Uuid;

use super::{
    answer::{self, Stage},
    document::Documents,
    error::{Code, Refusal},
    http::{GraphqlEndpoint, Prepare},
    registered::Digest,
    request::{Asked, Media, Params},
};

/// The one protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";
/// How soon after connecting a client must say who it is.
const INIT: Duration = Duration::from_secs(10);
/// How often a client is asked whether it is still there; one that says nothing for two and a half of these is not.
const PING: Duration = Duration::from_secs(25);
/// How long a client may take to read what it is sent.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of a message from a client.
const MESSAGE_BYTES: usize = 128 * 1024;
/// Operations that go on at once on one socket.
const OPERATIONS: usize = 50;
/// Sockets that one server holds.
const SOCKETS: usize = 2_000;
/// Messages that wait to be sent, of all operations together.
const WAITING: usize = 64;
/// Bytes of a reason for closing (RFC 6455, section 5.5).
const REASON_BYTES: usize = 123;

/// Who may connect, and what they bring to an operation.
pub trait Host: Send + Sync + 'static {
    /// Who is connected. Dropped when they leave.
    type Guest: Send + Sync + 'static;

    /// Who has a socket and did not say yet who they are. Dropped once they did, or when they leave.
    type Visitor: Send + Sync + 'static;

    /// Looks at who asks for a socket, before there is one.
    fn admit(&self, http: &Request) -> Result<Self::Visitor, Refusal>;

    /// Who the payload of `connection_init` names.
    fn enter(
        &self,
        visitor: Self::Visitor,
        payload: &Value,
    ) -> impl Future<Output = Result<Self::Guest, Refusal>> + Send;

    /// Resolves when a guest must leave.
    fn must_leave(&self, guest: &Self::Guest) -> BoxFuture<'static, Leave>;

    /// Adds to an operation what its resolvers read.
    fn prepare(&self, guest: &Self::Guest, request: async_graphql::Request) -> async_graphql::Request;
}

/// Why a guest must leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// They may not be here any more.
    Ended,
    /// The server stops; another may be there.
    Stopping,
}

/// A schema behind HTTP that also takes sockets at the same address.
pub struct SocketEndpoint<E, P, H> {
    http: GraphqlEndpoint<E, P>,
    sockets: Arc<Sockets<E, H>>,
}

struct Sockets<E, H> {
    schema: E,
    documents: Arc<Documents>,
    host: H,
    places: Arc<Semaphore>,
}

impl<E: Executor, P: Prepare, H: Host> SocketEndpoint<E, P, H> {
    /// Takes sockets beside what `http` answers.
    pub fn new(http: GraphqlEndpoint<E, P>, host: H) -> Self {
        let (schema, documents) = http.parts();
        let (schema, documents) = (schema.clone(), Arc::clone(documents));
        let places = Arc::new(Semaphore::new(SOCKETS));
        Self { sockets: Arc::new(Sockets { schema, documents, host, places }), http }
    }

    async fn connect(&self, request: Request) -> Result<Response, Response> {
        let refuse =
            |status, refusal| answer::refused(Stage::Http(status), Media::Json, vec![refusal], self.limits(), "");
        let visitor = self.sockets.host.admit(&request).map_err(|refusal| match refusal.code {
            Code::RateLimited => refuse(StatusCode::TOO_MANY_REQUESTS, refusal),
            _ => refuse(StatusCode::FORBIDDEN, refusal),
        })?;
        let place = Arc::clone(&self.sockets.places).try_acquire_owned().map_err(|_| {
            let refusal = Refusal::new(Code::RateLimited, "All places are taken. Try again in a minute.");
            refuse(StatusCode::SERVICE_UNAVAILABLE, refusal)
        })?;
        let socket = WebSocket::from_request(&request, &mut RequestBody::default()).await.map_err(|_| {
            let refusal =
                Refusal::new(Code::BadRequest, "This is no handshake for a WebSocket (RFC 6455, version 13).");
            refuse(StatusCode::BAD_REQUEST, refusal)
        })?;
        // A little more is read than is taken, to say why it is not.
        let config = WebSocketConfig::default()
            .max_message_size(Some(2 * MESSAGE_BYTES))
            .max_frame_size(Some(2 * MESSAGE_BYTES))
            .read_buffer_size(4 * 1024)
            .write_buffer_size(0);
        let speaks = offers(&request, PROTOCOL);
        let sockets = Arc::clone(&self.sockets);
        let upgraded = socket.protocols([PROTOCOL]).config(config).on_upgrade(move |mut stream| async move {
            let _place = place;
            let why = match speaks {
                true => sockets.converse(&mut stream, visitor).await,
                false => Some(Close::new(4406, format!("Subprotocol not acceptable: offer {PROTOCOL}"))),
            };
            if let Some(why) = why {
                leave(&mut stream, why).await;
            }
        });
        Ok(upgraded.into_response())
    }

    fn limits(&self) -> &super::Limits {
        self.sockets.documents.limits()
    }
}

impl<E: Executor, P: Prepare, H: Host> Endpoint for SocketEndpoint<E, P, H> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let upgrades = request.header(header::UPGRADE).is_some_and(|to| to.eq_ignore_ascii_case("websocket"));
        if upgrades {
            return Ok(self.connect(request).await.unwrap_or_else(|refused| refused));
        }
        self.http.call(request).await
    }
}

/// What a client says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    ConnectionInit {
        #[serde(default)]
        payload: Value,
    },
    Ping {
        #[serde(default)]
        payload: Value,
    },
    Pong {},
    Subscribe {
        id: String,
        payload: Value,
    },
    Complete {
        id: String,
    },
}

/// Why a socket is closed: a code of the protocol's, and a sentence.
#[derive(Clone, Debug)]
struct Close(u16, Cow<'static, str>);

impl Close {
    fn new(code: u16, reason: impl Into<Cow<'static, str>>) -> Self {
        Self(code, reason.into())
    }
}

/// Why somebody does not get in.
impl From<Refusal> for Close {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal.code {
            // Nothing is wrong with them: they try again later (RFC 6455, its registry of close codes).
            Code::RateLimited | Code::Internal => 1013,
            _ => 4403,
        };
        Self::new(code, refusal.message)
    }
}

/// What an operation says, through the task of its socket.
struct Saying {
    /// Which operation; a client may use an id again once the former has ended.
    serial: u64,
    id: String,
    what: Value,
    /// Whether it was the last.
    last: bool,
}

/// An operation that goes on; it ends when this is dropped.
struct Running {
    serial: u64,
    task: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One socket's state.
struct Talk<V, G> {
    /// Until they say who they are.
    visitor: Option<V>,
    guest: Option<Arc<G>>,
    /// Resolves when the guest must go.
    must_leave: BoxFuture<'static, Leave>,
    running: HashMap<String, Running>,
    serial: u64,
    out: mpsc::Sender<Saying>,
}

impl<E: Executor, H: Host> Sockets<E, H> {
    /// Serves a socket until one of both has had enough; answers why it is to be closed, if it still is open.
    async fn converse(self: &Arc<Self>, socket: &mut WebSocketStream, visitor: H::Visitor) -> Option<Close> {
        let (out, mut sayings) = mpsc::channel(WAITING);
        let must_leave = std::future::pending().boxed();
        let mut talk =
            Talk { visitor: Some(visitor), guest: None, must_leave, running: HashMap::new(), serial: 0, out };
        let mut pings = interval(PING);
        let mut heard_at = Instant::now();
        let init = sleep(INIT);
        tokio::pin!(init);
        loop {
            let reply = tokio::select! {
                message = socket.next() => {
                    heard_at = Instant::now();
                    match message? {
                        // The answer is made below us; whoever does not take it is not heard any further.
                        Ok(Message::Ping(_)) => match timeout(PATIENCE, socket.flush()).await {
                            Ok(Ok(())) => None,
                            Ok(Err(_)) | Err(_) => return None,
                        },
                        Ok(message) => match self.hear(&mut talk, message).await {
                            Ok(reply) => reply,
                            Err(why) => return why,
                        },
                        // Longer than is read at all, or not as the protocol of the socket has it.
                        Err(_) => return Some(Close::new(1009, "Message too big")),
                    }
                }
                Some(saying) = sayings.recv() => talk.say(saying),
                () = &mut init, if talk.visitor.is_some() => {
                    return Some(Close::new(4408, "Connection initialisation timeout"));
                }
                _ = pings.tick() => {
                    if heard_at.elapsed() > PING * 5 / 2 {
                        return None;
                    }
                    Some(Message::Ping(Vec::new()))
                }
                why = &mut talk.must_leave => return Some(match why {
                    Leave::Ended => Close::new(4403, "Forbidden"),
                    Leave::Stopping => Close::new(1001, "The server stops"),
                }),
            };
            if let Some(reply) = reply
                && !matches!(timeout(PATIENCE, socket.send(reply)).await, Ok(Ok(())))
            {
                return None;
            }
        }
    }

    /// Does what a client says, and answers what to say at once; fails with why the socket is to be closed.
    async fn hear(
        self: &Arc<Self>,
        talk: &mut Talk<H::Visitor, H::Guest>,
        message: Message,
    ) -> Result<Option<Message>, Option<Close>> {
        let text = match message {
            Message::Text(text) => text,
            Message::Ping(_) | Message::Pong(_) => return Ok(None),
            Message::Close(_) => return Err(None),
            Message::Binary(_) => return Err(Some(Close::new(4400, "Send text"))),
        };
        if text.len() > MESSAGE_BYTES {
            return Err(Some(Close::new(1009, format!("Keep a message to {MESSAGE_BYTES} bytes"))));
        }
        match serde_json::from_str(&text).map_err(|_| Some(Close::new(4400, "Invalid message received")))? {
            Said::ConnectionInit { payload } => {
                let Some(visitor) = talk.visitor.take() else {
                    return Err(Some(Close::new(4429, "Too many initialisation requests")));
                };
                let guest = self.host.enter(visitor, &payload).await.map_err(|refusal| Some(Close::from(refusal)))?;
                talk.must_leave = self.host.must_leave(&guest);
                talk.guest = Some(Arc::new(guest));
                Ok(Some(text_of(&json!({ "type": "connection_ack" }))))
            }
            Said::Ping { payload: Value::Null } => Ok(Some(text_of(&json!({ "type": "pong" })))),
            Said::Ping { payload } => Ok(Some(text_of(&json!({ "type": "pong", "payload": payload })))),
            Said::Pong {} => Ok(None),
            Said::Subscribe { id, payload } => {
                let guest = talk.guest.clone().ok_or_else(|| Some(Close::new(4401, "Unauthorized")))?;
                self.begin(talk, guest, id, &payload)
            }
            Said::Complete { id } => {
                talk.running.remove(&id);
                Ok(None)
            }
        }
    }

    /// Starts an operation.
    fn begin(
        self: &Arc<Self>,
        talk: &mut Talk<H::Visitor, H::Guest>,
        guest: Arc<H::Guest>,
        id: String,
        payload: &Value,
    ) -> Result<Option<Message>, Option<Close>> {
        let bad = || Some(Close::new(4400, "Invalid message received"));
        let payload = serde_json::to_vec(payload).map_err(|_| bad())?;
        let params = Params::from_json(&payload).map_err(|_| bad())?;
        if id.is_empty() {
            return Err(bad());
        }
        let most = talk.running.len() >= OPERATIONS;
        talk.serial += 1;
        let serial = talk.serial;
        let Entry::Vacant(place) = talk.running.entry(id.clone()) else {
            return Err(Some(Close::new(4409, format!("Subscriber for {id} already exists"))));
        };
        if most {
            let message = format!("Complete one of the {OPERATIONS} operations of this socket first.");
            return Ok(Some(self.failed(&id, vec![Refusal::new(Code::RateLimited, message)])));
        }
        let speaker = Speaker { serial, id, out: talk.out.clone() };
        let (sockets, id) = (Arc::clone(self), speaker.id.clone());
        let task = tokio::spawn(async move {
            let ended = match sockets.operate(&guest, params, &speaker).await {
                Ok(()) => json!({ "id": speaker.id, "type": "complete" }),
                Err(refusals) => sockets.error(&speaker.id, refusals),
            };
            speaker.say(ended, true).await;
        });
        drop(id);
        place.insert(Running { serial, task: task.abort_handle() });
        Ok(None)
    }

    async fn operate(&self, guest: &H::Guest, params: Params, speaker: &Speaker) -> Result<(), Vec<Refusal>> {
        let Asked::Text(text) = params.asked else {
            return Err(vec![Refusal::new(Code::PersistedQueryNotFound, "Send the document's text in `query`.")]);
        };
        let document = self.documents.get(Digest::of(&text), &text)?;
        let operation = document.select(params.operation_name.as_deref()).map_err(|one| vec![one])?;
        if operation.kind() == OperationType::Mutation {
            return Err(vec![Refusal::new(Code::OperationResolutionFailure, "Send mutations with POST.")]);
        }
        let bound = self.documents.bind(&operation, params.variables)?;
        let request_id = Uuid::now_v7().to_string();
        let request = bound.request.data(super::RequestId(request_id.clone()));
        let request = self.host.prepare(guest, request);
        let next = |mut executed: Executed| {
            operation.complete(&mut executed);
            answer::mask(&mut executed.errors, self.documents.limits(), &request_id);
            json!({ "id": speaker.id, "type": "next", "payload": executed })
        };
        if operation.kind() == OperationType::Query {
            let patience = self.documents.limits().execute;
            let Ok(executed) = timeout(patience, self.schema.execute(request)).await else {
                return Err(vec![Refusal::new(Code::Timeout, "This took too long and was given up.")]);
            };
            speaker.say(next(executed), false).await;
            return Ok(());
        }
        let mut results = self.schema.execute_stream(request, None);
        while let Some(executed) = results.next().await {
            speaker.say(next(executed), false).await;
        }
        Ok(())
    }

    fn failed(&self, id: &str, refusals: Vec<Refusal>) -> Message {
        text_of(&self.error(id, refusals))
    }

    fn error(&self, id: &str, refusals: Vec<Refusal>) -> Value {
        let mut errors: Vec<ServerError> =
            refusals.into_iter().map(|refusal| refusal.into_server_error(Vec::new())).collect();
        answer::mask(&mut errors, self.documents.limits(), id);
        json!({ "id": id, "type": "error", "payload": errors })
    }
}

impl<V, G> Talk<V, G> {
    /// What an operation says, unless the client has ended it.
    fn say(&mut self, saying: Saying) -> Option<Message> {
        let Entry::Occupied(running) = self.running.entry(saying.id) else { return None };
        if running.get().serial != saying.serial {
            return None;
        }
        if saying.last {
            running.remove();
        }
        Some(text_of(&saying.what))
    }
}

/// The way from an operation to its socket.
struct Speaker {
    serial: u64,
    id: String,
    out: mpsc::Sender<Saying>,
}

impl Speaker {
    async fn say(&self, what: Value, last: bool) {
        // The socket is gone: nobody misses it.
        let _ = self.out.send(Saying { serial: self.serial, id: self.id.clone(), what, last }).await;
    }
}

fn text_of(message: &Value) -> Message {
    Message::Text(message.to_string())
}

/// Whether the client offers the protocol.
fn offers(request: &Request, protocol: &str) -> bool {
    let offered = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
    offered.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|one| one.trim() == protocol)
}

/// Closes a socket, and lets the client read why.
async fn leave(socket: &mut WebSocketStream, Close(code, reason): Close) {
    let mut reason = reason.into_owned();
    let end = reason.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= REASON_BYTES);
    reason.truncate(end.last().unwrap_or(0));
    let farewell = async {
        socket.send(Message::Close(Some((CloseCode::from(code), reason)))).await?;
        while let Some(Ok(_)) = socket.next().await {}
        Ok::<_, std::io::Error>(())
    };
    // Whoever does not answer is left all the same.
    let _ = timeout(Duration::from_secs(2), farewell).await;
}
