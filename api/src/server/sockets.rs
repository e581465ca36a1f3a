//! Who of the staff has a socket, and when they must leave.

use std::{
    collections::HashMap,
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

use super::{Staff, refusal};
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
    seats: Seats,
}

impl StaffSockets {
    /// Whoever `staff` knows may have one, until their session ends or this server does.
    pub(super) fn new(staff: Staff, live: Live) -> Self {
        Self { staff, live, seats: Seats::default() }
    }
}

/// Between two looks at whether somebody may still be there, should nobody say so.
const BETWEEN_LOOKS: Duration = Duration::from_secs(25);

/// A member of staff with a socket.
pub(super) struct Seated {
    actor: Actor,
    _seat: Seat,
}

impl Host for StaffSockets {
    type Guest = Seated;

    fn admit(&self, http: &Request) -> Result<(), Refusal> {
        self.staff.refuse_other_sites(http)
    }

    async fn enter(&self, payload: &Value) -> Result<Seated, Refusal> {
        let token = payload.get("accessToken").and_then(Value::as_str).unwrap_or_default();
        let actor = self.staff.identity.actor(token, Utc::now()).await.map_err(refusal)?;
        let user = actor.user().map_err(refusal)?;
        let seat = self.seats.take(user).ok_or_else(|| {
            Refusal::new(Code::RateLimited, "You have too many windows open: close one, then connect again.")
        })?;
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

/// How many sockets each member of staff has on this server.
#[derive(Clone, Default)]
struct Seats(Arc<Mutex<HashMap<UserId, usize>>>);

/// One of somebody's; free again when this is dropped.
struct Seat {
    seats: Seats,
    user: UserId,
}

impl Seats {
    /// A window each, and some that were not heard to close.
    const MOST: usize = 20;

    fn take(&self, user: UserId) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.entry(user).or_default();
        if *own >= Self::MOST {
            return None;
        }
        *own += 1;
        Some(Seat { seats: self.clone(), user })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.user) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.user);
            }
        }
    }
}
