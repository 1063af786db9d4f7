//! Who may ask: programs on this machine and pages of this site, so that no foreign page in the same browser reads
//! what is being written here.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Lets a request through that asks for a path of this host and comes from it.
pub(super) async fn check(State(interface): State<IpAddr>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&request, interface) {
        Some((status, why)) => (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], why).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

fn refusal(request: &Request, interface: IpAddr) -> Option<(StatusCode, &'static str)> {
    let (headers, uri) = (request.headers(), request.uri());
    if uri.scheme().is_some() || !uri.path().starts_with('/') {
        return Some((StatusCode::BAD_REQUEST, "only a path can be asked for\n"));
    }
    // A name that leads here by a trick of its DNS is not the name of this machine (DNS rebinding).
    let Some(host) = one(headers, header::HOST).filter(|host| is_own(host, interface)) else {
        return Some((StatusCode::FORBIDDEN, "this host is not served here\n"));
    };
    let foreign_origin = headers.contains_key(header::ORIGIN)
        && one(headers, header::ORIGIN).and_then(|origin| origin.strip_prefix("http://")) != Some(host);
    // A link from elsewhere may lead here; an image, a script or a frame elsewhere may not show what is here.
    let fetched_elsewhere = headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site")
        && !(headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate")
            && headers.get("sec-fetch-dest").is_some_and(|to| to == "document"));
    if foreign_origin || fetched_elsewhere {
        return Some((StatusCode::FORBIDDEN, "other sites may not ask\n"));
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Some((StatusCode::METHOD_NOT_ALLOWED, "pages can only be read\n"));
    }
    None
}

/// The value of a header that stands there once.
fn one(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// Whether a `Host` names this machine: `localhost`, a loopback address, or, where the network was let in, any address.
fn is_own(host: &str, interface: IpAddr) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.to_ascii_lowercase();
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || address == interface || interface.is_unspecified(),
        Err(_) => name == "localhost" || name.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[test]
    fn only_own_names_are_served() {
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        for own in ["localhost:1111", "127.0.0.1:1111", "LOCALHOST", "[::1]:1111", "site.localhost:80"] {
            assert!(is_own(own, loopback), "{own}");
        }
        for foreign in
            ["example.org", "127.0.0.1.example.org:1111", "192.168.1.2:1111", "", "[", "localhost.example.org"]
        {
            assert!(!is_own(foreign, loopback), "{foreign}");
        }
        assert!(is_own("192.168.1.2:1111", IpAddr::V6(Ipv6Addr::UNSPECIFIED)));
        assert!(!is_own("example.org", IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
    }
}
