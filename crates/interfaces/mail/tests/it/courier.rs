use chancery_mail::{CourierError, Security, Transport};
use chancery_ra::{About, Notice as RaNotice};
use chancery_register::{Language, Letter, MAIL_TOPIC, Notice};
use chancery_store::{Batch, Id, outbox};

use crate::{server::MailServer, world::*};

fn header<'a>(message: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = message.split_once("\n\n").unwrap();
    head.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn a_letter_arrives_and_its_body_is_erased() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let id = world.post_access_code().await;
        assert_eq!(world.courier_to(&server).deliver_due(NOW).await.unwrap(), 1);
        let messages = server.messages();
        assert_eq!(messages.len(), 1);
        let message = &messages[0];
        assert!(message.contains(CODE));
        assert_eq!(header(message, "To"), Some("jana@example.cz"));
        let message_id = format!("<{id}@portal.example>");
        assert_eq!(header(message, "Message-ID"), Some(message_id.as_str()));
        assert_eq!(header(message, "Auto-Submitted"), Some("auto-generated"));
        assert_eq!(
            header(message, "Date"),
            Some("Wed, 18 Nov 2026 11:06:40 +0000")
        );
        // The subject is Czech, so it is encoded (RFC 2047).
        assert!(
            header(message, "Subject")
                .unwrap()
                .starts_with("=?utf-8?b?")
        );
        assert_eq!(header(message, "Bcc"), None);
        let (state, has_body, attempt, _) = world.row(id).await;
        assert_eq!((state.as_str(), has_body, attempt), ("delivered", false, 1));
        // Nothing is left to do.
        assert_eq!(world.courier_to(&server).deliver_due(NOW).await.unwrap(), 0);
        assert_eq!(server.messages().len(), 1);
    }
}

#[tokio::test]
async fn nobody_else_gets_it() {
    for world in worlds().await {
        let server = MailServer::start().await;
        world.post_access_code().await;
        world.courier_to(&server).deliver_due(NOW).await.unwrap();
        let mut envelope = server.commands();
        envelope.retain(|c| c.starts_with("MAIL") || c.starts_with("RCPT"));
        assert_eq!(
            envelope,
            ["MAIL FROM:<ca@portal.example>", "RCPT TO:<jana@example.cz>"]
        );
        let (head, _) = server.messages()[0]
            .split_once("\n\n")
            .map(|(h, b)| (h.to_owned(), b.len()))
            .unwrap();
        assert!(
            !head
                .lines()
                .any(|line| line.to_lowercase().starts_with("bcc")),
            "{head}"
        );
    }
}

#[tokio::test]
async fn a_busy_server_is_tried_again_with_the_very_same_message() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let courier = world.courier_to(&server);
        server.answer("451 4.7.1 greylisted");
        let id = world.post_access_code().await;
        courier.deliver_due(NOW).await.unwrap();
        let (state, has_body, _, reason) = world.row(id).await;
        assert_eq!((state.as_str(), has_body), ("waiting", true));
        assert_eq!(
            reason.as_deref(),
            Some("the mail server refused the letter")
        );
        server.answer("250 ok");
        assert_eq!(courier.deliver_due(NOW.plus(minutes(0))).await.unwrap(), 0);
        assert_eq!(courier.deliver_due(NOW.plus(minutes(1))).await.unwrap(), 1);
        assert_eq!(server.messages().len(), 1);
        let message_id = format!("<{id}@portal.example>");
        assert_eq!(
            header(&server.messages()[0], "Message-ID"),
            Some(message_id.as_str())
        );
    }
}

#[tokio::test]
async fn a_letter_taken_but_not_settled_comes_again_as_itself() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let id = world.post_access_code().await;
        // Somebody claimed it, sent it, and fell silent before saying so.
        let lost = outbox::claim(&world.store, NOW, minutes(10), 1)
            .await
            .unwrap();
        assert_eq!(lost[0].id, id);
        let courier = world.courier_to(&server);
        assert_eq!(courier.deliver_due(NOW.plus(minutes(9))).await.unwrap(), 0);
        assert_eq!(courier.deliver_due(NOW.plus(minutes(10))).await.unwrap(), 1);
        let message_id = format!("<{id}@portal.example>");
        assert_eq!(
            header(&server.messages()[0], "Message-ID"),
            Some(message_id.as_str())
        );
    }
}

#[tokio::test]
async fn a_mailbox_that_is_not_there_is_not_tried_again_and_a_policy_is() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let courier = world.courier_to(&server);
        for (answer, state, reason) in [
            (
                "550 5.1.1 no such mailbox",
                "dead",
                "the mail server refused the recipient",
            ),
            (
                "550 5.7.1 relaying denied",
                "waiting",
                "the mail server refused the letter",
            ),
            (
                "552 5.2.2 mailbox full",
                "waiting",
                "the mail server refused the letter",
            ),
        ] {
            server.answer(answer);
            let id = world.post_access_code().await;
            courier.deliver_due(NOW).await.unwrap();
            let row = world.row(id).await;
            assert_eq!((row.0.as_str(), row.3.as_deref()), (state, Some(reason)));
        }
        assert!(server.messages().is_empty());
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_waited_for() {
    for world in worlds().await {
        let gone = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap()
        };
        let mut config = smtp(&MailServer::start().await);
        config.port = gone.port();
        let id = world.post_access_code().await;
        let courier = world.courier(Transport::Smtp(config)).unwrap();
        courier.deliver_due(NOW).await.unwrap();
        let row = world.row(id).await;
        assert_eq!(row.0, "waiting");
        assert_eq!(row.3.as_deref(), Some("the mail server cannot be reached"));
    }
}

#[tokio::test]
async fn without_the_tls_that_was_asked_for_nothing_is_said() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let mut config = smtp(&server);
        config.security = Security::StartTls;
        config.credentials = Some(("chancery".to_owned(), "hunter2".into()));
        let id = world.post_access_code().await;
        let courier = world.courier(Transport::Smtp(config)).unwrap();
        courier.deliver_due(NOW).await.unwrap();
        assert!(server.messages().is_empty());
        let spoken = server.commands().join("\n");
        assert!(
            !spoken.contains("AUTH") && !spoken.contains("MAIL"),
            "{spoken}"
        );
        let row = world.row(id).await;
        assert_eq!(
            row.3.as_deref(),
            Some("no secure connection to the mail server")
        );
    }
}

#[tokio::test]
async fn a_password_is_not_sent_in_the_clear() {
    for world in worlds().await {
        let mut config = smtp(&MailServer::start().await);
        config.credentials = Some(("chancery".to_owned(), "hunter2".into()));
        assert!(!format!("{config:?}").contains("hunter2"));
        config.host = "mail.example.cz".to_owned();
        assert!(matches!(
            world.courier(Transport::Smtp(config)),
            Err(CourierError::PasswordInClear { .. })
        ));
    }
}

#[tokio::test]
async fn a_password_is_given_to_a_server_on_this_machine() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let mut config = smtp(&server);
        config.credentials = Some(("chancery".to_owned(), "hunter2".into()));
        world.post_access_code().await;
        let courier = world.courier(Transport::Smtp(config)).unwrap();
        courier.deliver_due(NOW).await.unwrap();
        assert_eq!(server.messages().len(), 1);
        assert!(
            server
                .commands()
                .iter()
                .any(|c| c.starts_with("AUTH PLAIN "))
        );
    }
}

#[tokio::test]
async fn a_code_that_has_expired_is_not_sent() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let id = world.post(access_code(NOW)).await;
        world.courier_to(&server).deliver_due(NOW).await.unwrap();
        assert!(server.messages().is_empty());
        let row = world.row(id).await;
        assert_eq!(
            (row.0.as_str(), row.3.as_deref()),
            ("dead", Some("what it brings has expired"))
        );
    }
}

#[tokio::test]
async fn the_sandbox_keeps_letters_once() {
    for world in worlds().await {
        let id = world.post_access_code().await;
        let courier = world.courier(Transport::Sandbox).unwrap();
        courier.deliver_due(NOW).await.unwrap();
        let kept = outbox::captured(&world.store, 10).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(
            (kept[0].id, kept[0].recipient.as_str()),
            (id, "jana@example.cz")
        );
        assert_eq!(kept[0].subject, "Vaše registrační číslo a přístupový kód");
        assert!(kept[0].text.contains(CODE));
        assert!(kept[0].html.as_ref().unwrap().contains(CODE));
        assert_eq!(world.row(id).await.0, "delivered");
    }
}

#[tokio::test]
async fn without_a_way_letters_wait() {
    for world in worlds().await {
        let id = world.post_access_code().await;
        let courier = world.courier(Transport::None).unwrap();
        assert_eq!(courier.deliver_due(NOW).await.unwrap(), 0);
        let row = world.row(id).await;
        assert_eq!((row.0.as_str(), row.1, row.2), ("waiting", true, 0));
    }
}

#[tokio::test]
async fn many_are_delivered_and_each_once() {
    for world in worlds().await {
        let server = MailServer::start().await;
        for _ in 0..30 {
            world.post_access_code().await;
        }
        let (one, two) = (world.courier_to(&server), world.courier_to(&server));
        loop {
            let (a, b) = tokio::join!(one.deliver_due(NOW), two.deliver_due(NOW));
            if a.unwrap() + b.unwrap() == 0 {
                break;
            }
        }
        let mut ids: Vec<String> = server
            .messages()
            .iter()
            .map(|m| header(m, "Message-ID").unwrap().to_owned())
            .collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), server.messages().len()), (30, 30));
    }
}

#[tokio::test]
async fn the_certificate_comes_with_its_letter() {
    let pem = include_str!("../fixtures/certificate.pem");
    let certificate = chancery_x509::Certificate::from_pem(pem).unwrap();
    for world in worlds().await {
        let server = MailServer::start().await;
        let letter = Letter {
            to: "jana@example.cz".parse().unwrap(),
            language: Language::En,
            notice: RaNotice::CertificateIssued {
                about: About {
                    full_name: "Jana Nováková".to_owned(),
                    order: "00".repeat(16),
                    order_number: "O-2026-000123-4".to_owned(),
                    product: "S/MIME Mailbox".to_owned(),
                    validity_days: 365,
                },
                id: "ff".repeat(16),
                certificate: certificate.as_der().to_vec(),
                chain: Vec::new(),
            },
        };
        let mut batch = Batch::new();
        let topic = chancery_ra::MAIL_TOPIC;
        letter
            .post(&mut batch, topic, &world.vault, world.entropy.as_ref(), NOW)
            .unwrap();
        world.store.commit(batch).await.unwrap();
        world.courier_to(&server).deliver_due(NOW).await.unwrap();
        let message = server.messages().remove(0);
        assert_eq!(
            header(&message, "Subject"),
            Some("Your certificate, order O-2026-000123-4")
        );
        for part in [
            "Content-Type: multipart/mixed;",
            "Content-Type: multipart/alternative;",
            "Content-Type: application/pkix-cert",
            "filename=\"certificate-o-2026-000123-4.cer\"",
            "filename=\"certificate-o-2026-000123-4.pem\"",
        ] {
            assert!(message.contains(part), "{part}\n{message}");
        }
        // The DER travels as base64; its first octets are those of the PEM.
        let base64 = pem.lines().nth(1).unwrap();
        assert!(message.contains(base64), "{message}");
    }
}

#[tokio::test]
async fn what_cannot_be_opened_does_not_hold_others_up() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let mut batch = Batch::new();
        let mut strange = Vec::new();
        for (n, topic) in [(1, MAIL_TOPIC), (2, "post:pigeon")] {
            let id = Id::from_bytes([n; 16]);
            strange.push(id);
            outbox::enqueue(
                &mut batch,
                &outbox::Outgoing {
                    id,
                    topic,
                    recipient: "jana@example.cz",
                    body: b"not sealed by us".to_vec(),
                    now: NOW,
                },
            );
        }
        world.store.commit(batch).await.unwrap();
        let good = world.post_access_code().await;
        // Sealed for another row: nobody moves a letter to another recipient.
        let sealed = world
            .store
            .rows(
                "select body from outbox where id = $1",
                chancery_store::args![good],
            )
            .await
            .unwrap();
        let moved = Id::from_bytes([3; 16]);
        let mut batch = Batch::new();
        outbox::enqueue(
            &mut batch,
            &outbox::Outgoing {
                id: moved,
                topic: MAIL_TOPIC,
                recipient: "eve@example.org",
                body: sealed[0].bytes(0).unwrap(),
                now: NOW,
            },
        );
        world.store.commit(batch).await.unwrap();
        world.courier_to(&server).deliver_due(NOW).await.unwrap();
        assert_eq!(world.row(good).await.0, "delivered");
        assert_eq!(world.row(strange[0]).await.0, "dead");
        assert_eq!(world.row(strange[1]).await.0, "waiting");
        assert_eq!(world.row(moved).await.0, "dead");
        assert_eq!(server.messages().len(), 1);
    }
}

#[tokio::test]
async fn settings_that_cannot_work_are_told() {
    for world in worlds().await {
        let new = |public_url: &str, from: Option<&str>| {
            chancery_mail::Courier::new(chancery_mail::CourierConfig {
                store: world.store.clone(),
                vault: world.vault.clone(),
                public_url: public_url.to_owned(),
                environment: "Test".to_owned(),
                zone: jiff::tz::TimeZone::UTC,
                transport: Transport::Sandbox,
                from: from.map(str::to_owned),
            })
        };
        for good in [
            "https://portal.example",
            "http://127.0.0.1:8080",
            "http://[::1]:8080/",
        ] {
            assert!(new(good, None).is_ok(), "{good}");
        }
        for bad in ["portal.example", "https://", "https://a b"] {
            assert!(
                matches!(new(bad, None), Err(CourierError::PublicUrl { .. })),
                "{bad}"
            );
        }
        for bad in ["nobody", "a@b\r\nBcc: eve@example.org"] {
            let refused = new("https://portal.example", Some(bad));
            assert!(matches!(refused, Err(CourierError::From { .. })), "{bad}");
        }
    }
}

/// A notice that carries no code is sent whenever it is due.
#[tokio::test]
async fn what_does_not_expire_is_sent_late() {
    for world in worlds().await {
        let server = MailServer::start().await;
        let at = NOW.as_secs();
        world
            .post(Notice::PasswordChanged {
                full_name: "Jana Nováková".to_owned(),
                at,
            })
            .await;
        let later = NOW.plus(minutes(60 * 24 * 30));
        world.courier_to(&server).deliver_due(later).await.unwrap();
        assert_eq!(server.messages().len(), 1);
    }
}
