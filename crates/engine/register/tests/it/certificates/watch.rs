use chancery_register::{NOTICE_DAYS, Notice, RegisteredState};
use chancery_x509::RevocationReason;

use super::made::*;
use crate::world::*;

async fn registered(scene: &Scene, spec: Spec) -> Holder {
    let holder = spec.by(&scene.root);
    let enrol = scene.for_jana(holder.certificate.as_der());
    let done = scene.certificates.enrol(&scene.jana, &enrol, NOW).await;
    done.unwrap();
    holder
}

async fn state(scene: &Scene, at: chancery_register::Timestamp) -> RegisteredState {
    let listed = scene
        .certificates
        .certificates_of(&scene.jana, scene.jana.person, None);
    listed.await.unwrap()[0].state(at)
}

async fn notices(scene: &Scene) -> Vec<Notice> {
    let letters = scene.world.letters().await;
    letters.into_iter().map(|letter| letter.notice).collect()
}

#[tokio::test]
async fn each_notice_of_the_end_comes_once_and_none_after_it() {
    for scene in scenes().await {
        registered(&scene, Spec::signing().validity(-1, 100)).await;
        scene.world.letters().await;
        let mut told = Vec::new();
        for day in 0..110 {
            // Twice a day, as a server that is awake does more often.
            for hour in [1, 13] {
                let now = NOW.plus(secs(day * 86_400 + hour * 3600));
                scene.world.register.maintain(now).await.unwrap();
                for notice in notices(&scene).await {
                    match notice {
                        Notice::RegisteredEnds { days, .. } => told.push(days),
                        other => panic!("{other:?}"),
                    }
                }
            }
        }
        assert_eq!(told, NOTICE_DAYS);
    }
}

#[tokio::test]
async fn whoever_was_away_is_told_once_of_what_is_left() {
    for scene in scenes().await {
        registered(&scene, Spec::signing().validity(-1, 100)).await;
        scene.world.letters().await;
        let now = NOW.plus(secs(90 * 86_400));
        for _ in 0..2 {
            scene.world.register.maintain(now).await.unwrap();
        }
        let told = notices(&scene).await;
        assert!(matches!(
            told.as_slice(),
            [Notice::RegisteredEnds { days: 10, .. }]
        ));
    }
}

#[tokio::test]
async fn revocation_is_learnt_daily_and_told_once() {
    for scene in scenes().await {
        let holder = registered(&scene, Spec::signing()).await;
        scene.world.letters().await;
        let publish = |reason| {
            let revoked = [(&holder.certificate, reason)];
            scene.web.publish(scene.root.list(&revoked));
        };
        let day = |day: u64| NOW.plus(secs(day * 86_400));
        let check = async |at| scene.certificates.check_revocation(10, at).await.unwrap();
        publish(RevocationReason::CertificateHold);
        assert_eq!(check(NOW.plus(secs(3600))).await, 0);
        assert_eq!(check(day(1)).await, 1);
        assert_eq!(check(day(1)).await, 0);
        assert!(matches!(
            state(&scene, day(1)).await,
            RegisteredState::Suspended { .. }
        ));
        assert_eq!(check(day(2)).await, 1);
        let told = notices(&scene).await;
        assert!(matches!(
            told.as_slice(),
            [Notice::RegisteredRevoked {
                suspended: true,
                ..
            }]
        ));

        scene.web.publish(scene.root.list(&[]));
        assert_eq!(check(day(3)).await, 1);
        assert_eq!(state(&scene, day(3)).await, RegisteredState::Valid);

        publish(RevocationReason::KeyCompromise);
        assert_eq!(check(day(4)).await, 1);
        assert!(matches!(
            state(&scene, day(4)).await,
            RegisteredState::Revoked { .. }
        ));
        let told = notices(&scene).await;
        assert!(matches!(
            told.as_slice(),
            [Notice::RegisteredRevoked {
                suspended: false,
                ..
            }]
        ));
        // What is revoked for good is asked about no more.
        assert_eq!(check(day(9)).await, 0);
    }
}

#[tokio::test]
async fn where_nobody_answers_the_next_hour_asks_again_and_nothing_is_forgotten() {
    for scene in scenes().await {
        scene.web.go_dark();
        registered(&scene, Spec::signing()).await;
        let check = async |at| scene.certificates.check_revocation(10, at).await.unwrap();
        let hour = |hour: u64| NOW.plus(secs(hour * 3600));
        assert_eq!(check(hour(1)).await, 1);
        assert_eq!(check(hour(1)).await, 0);
        scene.web.publish(scene.root.list(&[]));
        assert_eq!(check(hour(2)).await, 1);
        assert_eq!(check(hour(4)).await, 0);
        assert_eq!(state(&scene, hour(4)).await, RegisteredState::Valid);
    }
}
