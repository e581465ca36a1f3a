//! Who of the staff has a socket, and when they must leave.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_graphql::Request as GraphqlRequest;
use chrono::Utc;
use entity::{id::UserId, live_event::LiveTopic};
use futures_util::{FutureExt, StreamExt, future::BoxFuture};
use poem::Request;
use serde_json::Value;
use tokio::time::timeout;

use super::request::{Staff, client, refusal};
use crate::{
    error::Error,
    gql::{Code, Host, Leave, Refusal},
    identity::Actor,
    live::{Heard, Live},
};

/// Who of the staff has a socket.
pub(super) struct StaffSockets {
    staff: Staff,
    live: Live,
    seats: Seats<UserId>,
    doors: Seats<IpAddr>,
}

impl StaffSockets {
    /// Whoever `staff` knows may have one, until their session ends or this server does.
    pub(super) fn new(staff: Staff, live: Live) -> Self {
        Self { staff, live, seats: Seats::of(WINDOWS), doors: Seats::of(AT_THE_DOOR) }
    }
}

/// Sockets of one person: a window each, and some that were not heard to close.
const WINDOWS: usize = 20;
/// Sockets from one address of people who have not said who they are: a whole house comes back after a cut.
const AT_THE_DOOR: usize = 50;
/// Between two looks at whether somebody may still be there, should nobody say so.
const BETWEEN_LOOKS: Duration = Duration::from_secs(25);

/// A member of staff with a socket.
pub(super) struct Seated {
    actor: Actor,
    _seat: Seat<UserId>,
}

impl Host for StaffSockets {
    type Guest = Seated;

    type Visitor = Option<Seat<IpAddr>>;

    fn admit(&self, http: &Request) -> Result<Self::Visitor, Refusal> {
        self.staff.refuse_other_sites(http)?;
        let Some(client) = client(http, &self.staff.proxies) else { return Ok(None) };
        let refused = || Refusal::new(Code::RateLimited, "Too many connect from your address at once. Try again soon.");
        self.doors.take(client).map(Some).ok_or_else(refused)
    }

    async fn enter(&self, visitor: Self::Visitor, payload: &Value) -> Result<Seated, Refusal> {
        let token = payload.get("accessToken").and_then(Value::as_str).unwrap_or_default();
        let actor = self.staff.identity.actor(token, Utc::now()).await.map_err(refusal)?;
        let user = actor.user().map_err(refusal)?;
        let seat = self.seats.take(user).ok_or_else(|| {
            Refusal::new(Code::RateLimited, "You have too many windows open: close one, then connect again.")
        })?;
        drop(visitor);
        Ok(Seated { actor, _seat: seat })
    }

    fn must_leave(&self, guest: &Seated) -> BoxFuture<'static, Leave> {
        let Some(session) = guest.actor.session_id() else { return std::future::ready(Leave::Ended).boxed() };
        let (identity, actor, stopping) = (self.staff.identity.clone(), guest.actor, self.live.stopping());
        // Listening begins now: what happens before the first look is not missed.
        let sessions = self.live.listen_to(LiveTopic::Session).filter(move |heard| {
            let concerned = match heard {
                Heard::Event(event) => event.subject == session.0,
                Heard::Missed => true,
            };
            std::future::ready(concerned)
        });
        let ended = async move {
            let mut sessions = std::pin::pin!(sessions);
            loop {
                // Whatever is heard, the database is asked.
                let _ = timeout(BETWEEN_LOOKS, sessions.next()).await;
                match identity.actor_of(session, Utc::now()).await {
                    Ok(now) if now == actor => {}
                    Err(Error::Internal(cause)) => tracing::error!(%cause, "a session could not be looked up"),
                    Ok(_) | Err(_) => return,
                }
            }
        };
        async move {
            tokio::select! {
                () = ended => Leave::Ended,
                () = stopping => Leave::Stopping,
            }
        }
        .boxed()
    }

    fn prepare(&self, guest: &Seated, request: GraphqlRequest) -> GraphqlRequest {
        self.staff.equip(request, guest.actor, Utc::now())
    }
}

/// How many sockets each has on this server, and may have.
#[derive(Clone, Debug)]
struct Seats<K> {
    most: usize,
    taken: Arc<Mutex<HashMap<K, usize>>>,
}

/// One of somebody's; free again when this is dropped.
pub(super) struct Seat<K: Eq + Hash> {
    seats: Seats<K>,
    whose: K,
}

impl<K: Copy + Eq + Hash> Seats<K> {
    fn of(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    fn take(&self, whose: K) -> Option<Seat<K>> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.entry(whose).or_default();
        if *own >= self.most {
            return None;
        }
        *own += 1;
        Some(Seat { seats: self.clone(), whose })
    }
}

impl<K: Eq + Hash> Drop for Seat<K> {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.whose) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.whose);
            }
        }
    }
}
