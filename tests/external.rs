//! `check --external` against a server of our own.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use fangzhi::build::{Wish, build};
use fangzhi::check;
use fangzhi::inputs::Inputs;
use fangzhi::paths::SourcePath;
use fangzhi::source::Source;

/// A server on a free port of the loopback that answers 200 for `/good`, 405 to a HEAD of `/get-only`, 404 otherwise.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 2048];
            let read = stream.read(&mut request).unwrap_or(0);
            let line = String::from_utf8_lossy(&request[..read]).lines().next().unwrap_or_default().to_owned();
            let status = match line.split(' ').collect::<Vec<_>>().as_slice() {
                [_, "/good", ..] => "200 OK",
                ["HEAD", "/get-only", ..] => "405 Method Not Allowed",
                [_, "/get-only", ..] => "200 OK",
                _ => "404 Not Found",
            };
            let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    address
}

#[test]
fn addresses_that_do_not_answer_are_named_once_with_their_place() {
    let server = server();
    let text = format!(
        "# A\n\n[good]({server}/good#part) [get]({server}/get-only)\n\n[gone]({server}/gone) and [again]({server}/gone)\n\n\
         [left out]({server}/skipped/x)\n"
    );
    let mut inputs = Inputs::empty();
    inputs.insert(Source::new(SourcePath::new("content/a.md").unwrap(), text));
    let built = build(&inputs, &Wish::default(), None);
    let found = check::external(&built, &[format!("{server}/skipped")], || {});
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code.as_str(), "external-link");
    assert_eq!(found[0].message, format!("`{server}/gone` cannot be reached: it answers 404 Not Found"));
    assert_eq!(found[0].related.len(), 1);
    let source = built.source(&found[0].place.path).unwrap();
    assert_eq!(source.line_column(found[0].place.span.start as usize).line, 5);
}
