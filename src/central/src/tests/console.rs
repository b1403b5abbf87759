//! The console as a browser uses it.

use super::kiosk::Kiosk;
use super::world::{PASSWORD, World};
use crate::app::now_millis;
use crate::console::password;
use crate::controllers::sessions::attempt_subject;
use crate::ledger::Reviewer;
use collection::{EntryId, Kind, ReviewOutcome, SignedEntry};
use protocol::Change;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

struct Browser {
    http: Client,
    url: String,
    cookie: String,
}

/// The value of the first field of that name in a page.
fn field(page: &str, name: &str) -> String {
    let start =
        page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    let rest = &page[start + name.len() + 15..];
    rest[..rest.find('"').unwrap()].to_owned()
}

fn cookie(response: &Response) -> String {
    let all = response.headers().get_all(SET_COOKIE).iter().map(|c| c.to_str().unwrap());
    let all: Vec<&str> = all.collect();
    for line in &all {
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
    }
    all[0].split(';').next().unwrap().to_owned()
}

impl Browser {
    fn new(world: &World) -> Browser {
        // The client wants a provider even for plain HTTP; a second installation is refused and harmless.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let http = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Browser { http, url: world.running.console_url(), cookie: String::new() }
    }

    async fn signed_in(world: &World, login: &str) -> Browser {
        let mut browser = Browser::new(world);
        let response = browser.sign_in(login, PASSWORD).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        browser.cookie = cookie(&response);
        browser
    }

    async fn sign_in(&mut self, login: &str, password: &str) -> Response {
        let form = self.get("/sign-in").await;
        self.cookie = cookie(&form);
        let token = field(&form.text().await.unwrap(), "token");
        self.post("/sign-in", &[("token", &token), ("login", login), ("password", password)]).await
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.http.get(format!("{}{path}", self.url)).header(COOKIE, &self.cookie);
        request.send().await.unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = fields.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("&");
        let request = self.http.post(format!("{}{path}", self.url)).header(COOKIE, &self.cookie);
        request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await.unwrap()
    }
}

#[tokio::test]
async fn nobody_sees_a_page_without_signing_in() {
    let world = World::new().await;
    let browser = Browser::new(&world);
    for path in ["/", "/history", "/devices", "/review/next"] {
        let response = browser.get(path).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[LOCATION], "/sign-in");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert!(
            response.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'")
        );
    }
}

#[tokio::test]
async fn wrong_passwords_cost_a_delay_that_the_right_one_cannot_skip() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    for _ in 0..3 {
        assert_eq!(browser.sign_in("shen", "wrong").await.status(), StatusCode::UNAUTHORIZED);
    }
    let (ledger, subject) = (&world.running.app().ledger, attempt_subject("shen"));
    let (failures, until) = ledger.attempts(&subject).await.unwrap();
    assert!(failures == 3 && until > now_millis() - 60_000, "the third cost a delay");
    // A long one, so that it does not end while a slow machine runs the test.
    ledger.note_attempt(&subject, Some((failures, now_millis() + 600_000))).await.unwrap();
    let waiting = browser.sign_in("shen", PASSWORD).await;
    assert_eq!(waiting.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(waiting.text().await.unwrap().contains("秒后再试"));
    assert_eq!(
        browser.sign_in("lu", PASSWORD).await.status(),
        StatusCode::SEE_OTHER,
        "others are not delayed"
    );
    assert_eq!(browser.sign_in("nobody", "x").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_form_without_its_token_does_nothing() {
    let world = World::new().await;
    let submitted = Kiosk::enrol(&world).await.visit(&world.task, 1, b"portrait", b"original").await;
    let browser = Browser::signed_in(&world, "shen").await;
    let path = format!("/review/{submitted}");
    let sign_out = field(&browser.page("/").await, "token");
    for token in ["", "00", sign_out.as_str()] {
        let refused = browser.post(&path, &[("token", token), ("outcome", "approve")]).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    }
    let mut stranger = Browser::new(&world);
    stranger.cookie = browser.cookie.clone();
    let token = field(browser.page(&path).await.split("id=\"decide\"").nth(1).unwrap(), "token");
    let request = stranger.http.post(format!("{}{path}", stranger.url)).header(COOKIE, &stranger.cookie);
    let request =
        request.header("sec-fetch-site", "cross-site").body(format!("token={token}&outcome=approve"));
    let refused = request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert!(browser.page("/").await.contains("林*远"), "it still waits");
}

async fn decide(browser: &Browser, submitted: EntryId, fields: &[(&str, &str)]) -> Response {
    let page = browser.page(&format!("/review/{submitted}")).await;
    let token = field(page.split("id=\"decide\"").nth(1).unwrap_or(&page), "token");
    let all = [&[("token", token.as_str())], fields].concat();
    browser.post(&format!("/review/{submitted}"), &all).await
}

#[tokio::test]
async fn a_decision_reaches_the_kiosk_signed_and_is_taken_once() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let submitted = kiosk.visit(&world.task, 1, b"portrait", b"original").await;
    let (first, second) = (Browser::signed_in(&world, "shen").await, Browser::signed_in(&world, "lu").await);
    // Both have the page open before either decides.
    let late = field(
        second.page(&format!("/review/{submitted}")).await.split("id=\"decide\"").nth(1).unwrap(),
        "token",
    );
    let no_reason = decide(&first, submitted, &[("outcome", "reject")]).await;
    assert_eq!(no_reason.status(), StatusCode::BAD_REQUEST);
    let done = decide(&first, submitted, &[("outcome", "reject"), ("reason", "review.ears_covered")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert_eq!(done.headers()[LOCATION], "/review/next");
    assert_eq!(first.get("/review/next").await.headers()[LOCATION], "/", "the queue is empty");
    assert!(first.page("/").await.contains("都审完了"));
    assert!(first.page("/history").await.contains("未通过：耳朵被挡"));

    let refused =
        second.post(&format!("/review/{submitted}"), &[("token", &late), ("outcome", "approve")]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(refused.text().await.unwrap().contains("沈老师"), "the second is told who decided");

    let changes = kiosk.changes("", 0).await.changes;
    let server_entries: Vec<_> = changes
        .into_iter()
        .filter_map(|change| {
            let Change::Entry(wire) = change else { return None };
            Some(SignedEntry::from(wire).verify(&kiosk.server_key).unwrap())
        })
        .collect();
    let sequences: Vec<u64> = server_entries.iter().map(|e| e.sequence).collect();
    assert_eq!(sequences, [1, 2], "the server's own entries are contiguous too");
    assert_eq!(server_entries[0].kind, Kind::ReviewBegan);
    let reason = "review.ears_covered".to_owned();
    assert_eq!(server_entries[1].kind, Kind::Reviewed(ReviewOutcome::Rejected { reason }));
    assert!(server_entries.iter().all(|e| e.about == Some(submitted) && e.device.as_str() == "central"));
}

#[tokio::test]
async fn a_replacement_takes_the_place_of_what_nobody_opened() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let old = kiosk.visit(&world.task, 1, b"portrait", b"original").await;
    let new = kiosk.visit(&world.task, 1, b"portrait 2", b"original 2").await;
    let browser = Browser::signed_in(&world, "shen").await;
    let queue = browser.page("/").await;
    assert!(!queue.contains(&old.to_string()) && queue.contains(&new.to_string()));
    let page = browser.page(&format!("/review/{old}")).await;
    assert!(page.contains("这张现在不用审"));
    // Now the review has begun: a further one is a case, not the candidate.
    browser.page(&format!("/review/{new}")).await;
    kiosk.visit(&world.task, 1, b"portrait 3", b"original 3").await;
    assert!(browser.page("/").await.contains("另有 1 张"));
}

#[tokio::test]
async fn a_code_issued_at_the_console_enrols_a_kiosk() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world, "shen").await;
    let page = browser.page("/devices").await;
    let token = field(page.split("action=\"/devices\"").nth(1).unwrap(), "token");
    let nameless = browser.post("/devices", &[("token", &token), ("name", " "), ("school", "99001")]).await;
    assert_eq!(nameless.status(), StatusCode::BAD_REQUEST);
    let issued =
        browser.post("/devices", &[("token", &token), ("name", "Library"), ("school", "99001")]).await;
    let text = issued.text().await.unwrap();
    let code = text.split("class=\"code\">").nth(1).unwrap()[..14].to_owned();
    let kiosk = Kiosk::enrol_with(&world.running, &code).await;
    let page = browser.page("/devices").await;
    assert!(page.contains(kiosk.id.as_str()) && page.contains("Library"));

    let token = field(page.split(&format!("/devices/{}/revoke", kiosk.id)).nth(1).unwrap(), "token");
    let revoked = browser.post(&format!("/devices/{}/revoke", kiosk.id), &[("token", &token)]).await;
    assert_eq!(revoked.status(), StatusCode::SEE_OTHER);
    assert!(browser.page("/devices").await.contains("已停用"));
}

#[tokio::test]
async fn signing_out_ends_the_session_everywhere() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world, "shen").await;
    let token = field(&browser.page("/").await, "token");
    assert_eq!(browser.post("/sign-out", &[("token", &token)]).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/").await.headers()[LOCATION], "/sign-in");
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let world = World::new().await;
    let (shen, lu) = (Browser::signed_in(&world, "shen").await, Browser::signed_in(&world, "lu").await);
    let password_phc = password::hash("linde-17-gruen").unwrap();
    let new = Reviewer { login: "shen".into(), display_name: "沈老师".into(), password_phc };
    world.running.app().ledger.put_reviewer(new).await.unwrap();
    assert_eq!(shen.get("/").await.headers()[LOCATION], "/sign-in");
    lu.page("/").await;
    let mut again = Browser::new(&world);
    assert_eq!(again.sign_in("shen", PASSWORD).await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(again.sign_in("shen", "linde-17-gruen").await.status(), StatusCode::SEE_OTHER);
}
