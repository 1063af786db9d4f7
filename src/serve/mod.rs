//! The development server: the site in memory, brought up to date at every save, on a port of this machine.
//!
//! 1. [`watch`] waits until the disk is quiet and tells which files were touched.
//! 2. [`reading`] reads those files again; [`rebuild`] calls [`crate::build::build`] with the last build beside it, and publishes
//!    the result.
//! 3. [`live`] holds what is published, makes the pages that are asked for, and knows which pages are open.
//! 4. [`answer`] answers requests after [`guard`] has looked at them; [`connection`] limits who may connect.
//!
//! Nothing is written to the disk. The script that keeps open pages up to date (`client.js`) is put into pages here and
//! nowhere else. An error never takes the site away: what is shown is the last build without errors, and the errors
//! are laid over it.

mod answer;
mod connection;
mod guard;
mod live;
mod problem;
mod reading;
mod rebuild;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

pub use reading::Reading;
pub use rebuild::Rebuilt;

use crate::build::{Build, Wish};
use crate::diagnostic::Diagnostic;
use live::Live;
use rebuild::Rebuilder;

/// Where everything of the server itself is, apart from the pages of the site.
const OWN: &str = "/_fangzhi/";

/// How many ports are tried after the wanted one.
const PORTS: u16 = 100;

/// What is served, and where.
pub struct Options {
    /// The folder of the site, absolute and without links in it.
    pub root: PathBuf,
    /// The configuration file.
    pub config: PathBuf,
    /// What is asked of builds.
    pub wish: Wish,
    /// The address to listen at.
    pub interface: IpAddr,
    /// The port to listen at, or the next free one; 0 for any.
    pub port: u16,
    /// The address that opens a file in the author's editor, with `{path}`, `{line}` and `{column}` in it.
    pub editor: Option<String>,
    /// How often to look for changes where the system does not tell of them; none to let the system tell.
    pub poll: Option<Duration>,
}

/// Something that the person at the terminal should know.
pub enum Notice {
    /// The site was understood for the first time; it is being served.
    Started(Rebuilt),
    /// The site was brought up to date.
    Rebuilt(Rebuilt),
    /// A page that somebody looks at could not be made.
    PageFailed(Arc<Build>, Box<Diagnostic>),
    /// Something of the system does not work; the server goes on as well as it can.
    Trouble(String),
}

/// Takes notices.
pub type Listener = Arc<dyn Fn(Notice) + Send + Sync>;

/// A server that runs until this is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Stop,
    runtime: Option<tokio::runtime::Runtime>,
    rebuilding: Option<JoinHandle<()>>,
}

/// Builds the site and serves it; `listener` is told of everything that happens.
///
/// # Errors
/// When none of the ports is free, there is no site, or the system gives no thread.
pub fn start(options: Options, listener: Listener) -> io::Result<Server> {
    let socket = bind(options.interface, options.port)?;
    socket.set_nonblocking(true)?;
    let address = socket.local_addr()?;
    let (rebuilder, live) = Rebuilder::start(options, listener)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // Pages are made on these threads, and minifying a deep page needs room.
        .thread_stack_size(16 << 20)
        .enable_all()
        .build()?;
    let interface = address.ip();
    runtime.spawn(serve(socket, live, interface));
    let stop = rebuilder.stop();
    let rebuilding =
        std::thread::Builder::new().name("rebuild".into()).stack_size(16 << 20).spawn(move || rebuilder.run())?;
    Ok(Server { address, stop, runtime: Some(runtime), rebuilding: Some(rebuilding) })
}

async fn serve(socket: TcpListener, live: Arc<Live>, interface: IpAddr) {
    if let Ok(socket) = tokio::net::TcpListener::from_std(socket) {
        connection::accept(socket, answer::router(live, interface)).await;
    }
}

/// The wanted port, or the next one that is free.
fn bind(interface: IpAddr, port: u16) -> io::Result<TcpListener> {
    let last = if port == 0 { 0 } else { port.saturating_add(PORTS) };
    let mut ports = port..=last;
    loop {
        let Some(port) = ports.next() else {
            let message = format!("the ports {port} to {last} of {interface} are all taken");
            return Err(io::Error::new(io::ErrorKind::AddrInUse, message));
        };
        match TcpListener::bind((interface, port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            result => return result,
        }
    }
}

impl Server {
    /// Waits until the server ends; it only ends when something in it broke.
    pub fn wait(mut self) {
        if let Some(thread) = self.rebuilding.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(thread) = self.rebuilding.take() {
            let _ = thread.join();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
