//! Uploads: expected before they are sent, resumed at the byte, checked by their hash.

use super::kiosk::Kiosk;
use super::world::{SCHOOL, World, student, task};
use collection::PictureHash;
use reqwest::{Response, StatusCode};

fn offset(response: &Response) -> usize {
    response.headers()[protocol::UPLOAD_OFFSET].to_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_upload_is_resumed_and_then_everything_is_durable() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let (portrait, original) = (vec![7_u8; 40_000], vec![9_u8; 1_500_000]);
    let enrolment = student(1).entry(&world.task).unwrap().enrolment;
    let entry = kiosk.submitted(&world.task, enrolment, None, &portrait, &original);
    let reply = kiosk.send(vec![kiosk.sign(&entry)]).await;
    assert_eq!((reply.accepted[0].wants.len(), reply.durable_sequence), (2, 0));

    let hash = PictureHash::of(&original);
    assert_eq!(
        kiosk.patch(hash, 0, original.len(), &original[..900_000]).await.status(),
        StatusCode::NO_CONTENT
    );
    let head = kiosk.http.head(kiosk.picture_url(hash)).send().await.unwrap();
    assert_eq!((head.status(), offset(&head)), (StatusCode::OK, 900_000));
    assert!(!head.headers().contains_key(protocol::UPLOAD_LENGTH), "not complete");
    let elsewhere = kiosk.patch(hash, 5, original.len(), b"x").await;
    assert_eq!((elsewhere.status(), offset(&elsewhere)), (StatusCode::CONFLICT, 900_000));
    let rest = kiosk.patch(hash, 900_000, original.len(), &original[900_000..]).await;
    assert_eq!((rest.status(), offset(&rest)), (StatusCode::NO_CONTENT, original.len()));
    let head = kiosk.http.head(kiosk.picture_url(hash)).send().await.unwrap();
    assert_eq!(head.headers()[protocol::UPLOAD_LENGTH], original.len().to_string().as_str());

    assert_eq!(kiosk.send(Vec::new()).await.durable_sequence, 0, "one picture is still missing");
    kiosk.patch(PictureHash::of(&portrait), 0, portrait.len(), &portrait).await;
    assert_eq!(kiosk.send(Vec::new()).await.durable_sequence, 1);
    assert!(kiosk.send(vec![kiosk.sign(&entry)]).await.accepted[0].wants.is_empty());
}

#[tokio::test]
async fn wrong_bytes_start_over_and_unasked_ones_are_not_taken() {
    let world = World::new().await;
    let mut kiosk = Kiosk::enrol(&world).await;
    let enrolment = student(1).entry(&world.task).unwrap().enrolment;
    let entry = kiosk.submitted(&world.task, enrolment, None, b"portrait", b"original");
    kiosk.send(vec![kiosk.sign(&entry)]).await;
    let wrong = kiosk.patch(PictureHash::of(b"portrait"), 0, 8, b"PORTRAIT").await;
    assert_eq!((wrong.status(), offset(&wrong)), (StatusCode::UNPROCESSABLE_ENTITY, 0));
    let right = kiosk.patch(PictureHash::of(b"portrait"), 0, 8, b"portrait").await;
    assert_eq!(right.status(), StatusCode::NO_CONTENT);
    let unasked = kiosk.patch(PictureHash::of(b"holiday"), 0, 7, b"holiday").await;
    assert_eq!(unasked.status(), StatusCode::NOT_FOUND);
    let other = Kiosk::enrol(&world).await;
    let not_theirs = other.http.head(other.picture_url(PictureHash::of(b"original"))).send().await.unwrap();
    assert_eq!(not_theirs.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_admission_photo_is_for_kiosks_of_its_school() {
    let world = World::new().await;
    let app = world.running.app();
    let hash = app.pictures.put(b"admission").unwrap();
    let mut with_photo = student(1);
    with_photo.admission_photo = Some(hash);
    app.ledger.put_students(vec![(world.task.clone(), vec![with_photo])]).await.unwrap();
    app.ledger.put_task(task("elsewhere", "99002")).await.unwrap();
    let code = world.code("99002").await;
    let (own, other) = (Kiosk::enrol(&world).await, Kiosk::enrol_with(&world.running, &code).await);
    let got = own.http.get(own.picture_url(hash)).send().await.unwrap();
    assert_eq!(got.bytes().await.unwrap().as_ref(), b"admission");
    let refused = other.http.get(other.picture_url(hash)).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    assert_eq!(SCHOOL, "99001");
}
