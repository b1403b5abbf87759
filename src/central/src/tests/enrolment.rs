//! A code enrols one kiosk, once; every other path needs a certificate.

use super::kiosk::{Kiosk, Stranger, client};
use super::world::{SCHOOL, World};
use crate::app::now_millis;
use protocol::{EnrolReply, Fault};
use reqwest::{Response, StatusCode};

async fn fault(response: Response) -> (StatusCode, String) {
    assert_eq!(response.headers()[protocol::HEADER], protocol::VERSION, "every reply is marked");
    assert!(response.headers().contains_key(protocol::SERVER_TIME));
    let status = response.status();
    let fault: Fault = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    (status, fault.code)
}

#[tokio::test]
async fn a_code_enrols_one_kiosk() {
    let world = World::new().await;
    let wrong = Stranger::new("AAAA-BBBB-CCCC").ask(&world.running).await;
    assert_eq!(fault(wrong).await, (StatusCode::FORBIDDEN, "server.enrol.code".into()));

    let code = world.code(SCHOOL).await;
    let first = Stranger::new(&code);
    let read =
        async |r: Response| -> EnrolReply { serde_json::from_slice(&r.bytes().await.unwrap()).unwrap() };
    let once = read(first.ask(&world.running).await).await;
    let again = read(first.ask(&world.running).await).await;
    assert_eq!(once.certificate_pem, again.certificate_pem, "a lost reply is given again to the same kiosk");

    let other = Stranger::new(&code).ask(&world.running).await;
    assert_eq!(fault(other).await, (StatusCode::FORBIDDEN, "server.enrol.code".into()));
}

#[tokio::test]
async fn a_request_that_is_none_uses_no_code_up() {
    let world = World::new().await;
    let code = world.code(SCHOOL).await;
    let mut broken = Stranger::new(&code);
    broken.request.csr_pem = "no request".into();
    assert_eq!(fault(broken.ask(&world.running).await).await.1, "server.enrol.request");
    assert_eq!(Stranger::new(&code).ask(&world.running).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn guessing_ends_after_ten_codes() {
    let world = World::new().await;
    for _ in 0..10 {
        assert_eq!(Stranger::new("AAAA").ask(&world.running).await.status(), StatusCode::FORBIDDEN);
    }
    let good = world.code(SCHOOL).await;
    let refused = Stranger::new(&good).ask(&world.running).await;
    assert_eq!(fault(refused).await, (StatusCode::TOO_MANY_REQUESTS, "server.enrol.limit".into()));
}

#[tokio::test]
async fn without_a_certificate_everything_else_is_closed_in_words() {
    let world = World::new().await;
    let http = client(&world.running, None);
    let url = world.running.kiosks_url();
    let picture = format!("{url}/v1/pictures/{}", "0".repeat(64));
    for request in
        [http.get(format!("{url}/v1/changes")), http.post(format!("{url}/v1/journal")), http.get(picture)]
    {
        let refused = fault(request.send().await.unwrap()).await;
        assert_eq!(refused, (StatusCode::UNAUTHORIZED, "server.device.unknown".into()));
    }
    let nowhere = fault(http.get(format!("{url}/admin")).send().await.unwrap()).await;
    assert_eq!(nowhere, (StatusCode::NOT_FOUND, "server.path".into()));
}

#[tokio::test]
async fn a_revoked_kiosk_is_refused_and_told() {
    let world = World::new().await;
    let kiosk = Kiosk::enrol(&world).await;
    kiosk.changes("", 0).await;
    assert!(world.running.app().ledger.revoke(kiosk.id.as_str(), now_millis()).await.unwrap());
    let refused = kiosk.http.get(format!("{}/v1/changes", kiosk.url)).send().await.unwrap();
    assert_eq!(fault(refused).await, (StatusCode::FORBIDDEN, "server.device.revoked".into()));
}

#[tokio::test]
async fn another_version_of_the_protocol_is_refused_by_name() {
    let world = World::new().await;
    let request = client(&world.running, None).get(format!("{}/v1/changes", world.running.kiosks_url()));
    let refused = request.header(protocol::HEADER, "2").send().await.unwrap();
    assert_eq!(fault(refused).await, (StatusCode::BAD_REQUEST, "server.protocol".into()));
}
