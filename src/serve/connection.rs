//! Connections and their limits: slow and idle ones never keep a reader out.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// The most connections at a time; some systems give a process no more than 256 files.
const MOST: usize = 200;

/// How long a client may take to send the head of a request, or stay connected without one.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most bytes of the head of a request.
const HEAD: usize = 32 << 10;

/// Everybody who is connected.
#[derive(Default)]
struct Seats(Mutex<HashMap<u64, Seat>>);

struct Seat {
    task: AbortHandle,
    busy: bool,
    /// The number of requests: who never asked anything goes first.
    asked: u64,
}

impl Seats {
    fn with<T>(&self, act: impl FnOnce(&mut HashMap<u64, Seat>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes room for one more: the idle connection that asked least, and among those the oldest, has to go. False if
    /// nobody is idle.
    fn make_room(&self) -> bool {
        self.with(|seats| {
            if seats.len() < MOST {
                return true;
            }
            let idle = seats.iter().filter(|(_, seat)| !seat.busy);
            let Some(id) = idle.min_by_key(|(id, seat)| (seat.asked, **id)).map(|(id, _)| *id) else { return false };
            if let Some(seat) = seats.remove(&id) {
                seat.task.abort();
            }
            true
        })
    }
}

/// Accepts connections and answers their requests, for ever.
pub(super) async fn accept(listener: TcpListener, router: Router) -> Infallible {
    let seats = Arc::new(Seats::default());
    for id in 0.. {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) => {
                // Too many open files, or a client that went away at once.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        if !seats.make_room() {
            continue;
        }
        let _ = stream.set_nodelay(true);
        let router = router.clone().layer(from_fn_with_state((seats.clone(), id), busy));
        let own = seats.clone();
        // The map is locked until the task has its place in it.
        seats.with(|map| {
            let task = tokio::spawn(async move {
                let mut protocol = http1::Builder::new();
                protocol.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(HEAD).half_close(false);
                let service = TowerToHyperService::new(router);
                let _ = protocol.serve_connection(TokioIo::new(stream), service).await;
                own.with(|map| map.remove(&id));
            });
            map.insert(id, Seat { task: task.abort_handle(), busy: false, asked: 0 });
        });
    }
    unreachable!("there are more numbers than connections")
}

/// Marks a connection as busy while its request is being answered.
async fn busy(State((seats, id)): State<(Arc<Seats>, u64)>, request: Request, next: Next) -> Response {
    let mark = |busy: bool| {
        seats.with(|map| {
            if let Some(seat) = map.get_mut(&id) {
                seat.busy = busy;
                seat.asked += 1;
            }
        });
    };
    mark(true);
    let response = next.run(request).await;
    mark(false);
    response
}
