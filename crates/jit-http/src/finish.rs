//! What every response has, whatever the handler was.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};

use tracing::Instrument as _;

use crate::{origin::request_id, problem::Problem};

/// Middleware: renders refusals with the id of the request, and keeps every answer out of caches.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    let id = request_id(request.headers(), request.extensions());
    // What is logged on the way is found by the id that the caller is told.
    let span = tracing::error_span!("api", request.id = id);
    let mut response = next.run(request).instrument(span).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = problem.render(id.as_deref());
    } else if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allow = response.headers_mut().remove(header::ALLOW);
        response = Problem::method_not_allowed().render(id.as_deref());
        let allow = allow.map(|allow| (header::ALLOW, allow));
        response.headers_mut().extend(allow);
    }
    let headers = response.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use axum::{Router, body::Body, middleware, routing::get};
    use jit_domain::error::Error;
    use tower::ServiceExt;

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(line)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn the_inner_cause_is_logged_with_the_id_that_the_caller_is_told() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::ERROR)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        // For all threads: the first thread that logs a line decides for all whether anybody listens to it.
        tracing::subscriber::set_global_default(subscriber).unwrap();
        let fail =
            || async { Err::<(), _>(Problem::from(Error::Unavailable("db-7 is down".into()))) };
        let router = Router::new()
            .route("/", get(fail))
            .layer(middleware::from_fn(finish));
        let request = Request::builder().header("x-request-id", "req-1");
        let request = request.body(Body::empty()).unwrap();
        let answer = router.oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let line = log.lines().find(|line| line.contains("db-7 is down"));
        assert!(line.is_some_and(|line| line.contains("req-1")), "{log}");
    }
}
