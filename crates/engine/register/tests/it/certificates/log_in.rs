use chancery_register::{
    AnchorPurpose, AnchorTerms, AuthLevel, CHALLENGE_LIFE, CertificateLogInError, LogIn,
    Permission, Principal, TokenProblem, web_eid::TokenError,
};
use chancery_x509::extension::KeyUsage;
use chancery_x509::{RevocationReason, oid};

use super::made::*;
use crate::world::*;

pub type Result = std::result::Result<LogIn, CertificateLogInError>;

impl Scene {
    pub fn visitor(&self) -> String {
        let visitor = self.world.register.new_visitor().unwrap();
        visitor.expose().to_owned()
    }

    pub async fn nonce(&self, visitor: &str) -> String {
        let challenge = self.certificates.challenge(visitor, NOW).await.unwrap();
        challenge.unwrap().nonce
    }

    pub async fn answer(&self, token: &str, nonce: &str, visitor: &str) -> Result {
        self.certificates
            .log_in(token, nonce, visitor, HOME, NOW)
            .await
    }

    /// The whole way, with whatever certificate.
    pub async fn with(&self, holder: &Holder) -> Result {
        let visitor = self.visitor();
        let nonce = self.nonce(&visitor).await;
        self.answer(&holder.token(ORIGIN, &nonce), &nonce, &visitor)
            .await
    }

    /// Registers it with proof that its key is at hand.
    pub async fn prove_anew(&self, by: &Principal, holder: &Holder) {
        let proof = self.proof(by, holder).await;
        self.with_proof(by, holder, proof).await.unwrap();
    }

    pub async fn registered(&self, spec: Spec) -> Holder {
        let holder = spec.by(&self.root);
        self.prove_anew(&self.jana, &holder).await;
        holder
    }
}

fn wrong_signature(result: &Result) -> bool {
    matches!(
        result,
        Err(CertificateLogInError::Proof(TokenProblem::Token(
            TokenError::Signature
        )))
    )
}

#[tokio::test]
async fn a_registered_certificate_logs_in_and_so_does_the_second() {
    for scene in scenes().await {
        for serial in [1, 2] {
            let holder = scene.registered(Spec::dual().serial(serial)).await;
            let log_in = scene.with(&holder).await.unwrap();
            assert!(matches!(log_in, LogIn::Done(_)));
            let principal = scene.world.principal(&log_in, NOW).await;
            assert_eq!(principal.person, scene.jana.person);
            assert_eq!(principal.level, AuthLevel::Certificate);
            assert_eq!(principal.awaiting, None);
        }
    }
}

#[tokio::test]
async fn a_token_for_another_origin_is_refused() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let visitor = scene.visitor();
        let nonce = scene.nonce(&visitor).await;
        let token = holder.token("https://portal.example.evil", &nonce);
        assert!(wrong_signature(
            &scene.answer(&token, &nonce, &visitor).await
        ));
        // And the challenge is spent with it.
        let token = holder.token(ORIGIN, &nonce);
        let after = scene.answer(&token, &nonce, &visitor).await;
        assert!(matches!(
            after,
            Err(CertificateLogInError::Proof(TokenProblem::NoChallenge))
        ));
    }
}

#[tokio::test]
async fn a_replay_is_refused_even_at_once() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let visitor = scene.visitor();
        let nonce = scene.nonce(&visitor).await;
        let token = holder.token(ORIGIN, &nonce);
        let both = tokio::join!(
            scene.answer(&token, &nonce, &visitor),
            scene.answer(&token, &nonce, &visitor),
        );
        let third = scene.answer(&token, &nonce, &visitor).await;
        let all = [both.0, both.1, third];
        assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
        let refused = |one: &Result| {
            matches!(
                one,
                Err(CertificateLogInError::Proof(TokenProblem::NoChallenge))
            )
        };
        assert_eq!(all.iter().filter(|one| refused(one)).count(), 2);
    }
}

#[tokio::test]
async fn a_challenge_of_another_visitor_or_of_nobody_is_refused() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let (visitor, thief) = (scene.visitor(), scene.visitor());
        let nonce = scene.nonce(&visitor).await;
        let token = holder.token(ORIGIN, &nonce);
        for other in [thief.as_str(), "", "no cookie of ours"] {
            let refused = scene.answer(&token, &nonce, other).await;
            assert!(matches!(
                refused,
                Err(CertificateLogInError::Proof(TokenProblem::OtherVisitor))
            ));
        }
        let made_up = "ZVKn9kRdmmMPCSTlb3ELYdVPBbmdqB7AVtm07pM8EuU=";
        let refused = scene
            .answer(&holder.token(ORIGIN, made_up), made_up, &visitor)
            .await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Proof(TokenProblem::NoChallenge))
        ));
        let other = scene.nonce(&visitor).await;
        assert!(wrong_signature(
            &scene.answer(&token, &other, &visitor).await
        ));
        // Whom the challenge was made for is not hindered by who tried to take it.
        scene.answer(&token, &nonce, &visitor).await.unwrap();
        assert!(
            scene
                .certificates
                .challenge("no cookie", NOW)
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn a_late_answer_is_refused() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let visitor = scene.visitor();
        let nonce = scene.nonce(&visitor).await;
        assert_eq!(nonce.len(), 44);
        let token = holder.token(ORIGIN, &nonce);
        let late = NOW.plus(CHALLENGE_LIFE);
        let refused = scene
            .certificates
            .log_in(&token, &nonce, &visitor, HOME, late);
        assert!(matches!(
            refused.await,
            Err(CertificateLogInError::Proof(TokenProblem::Late))
        ));
        scene.world.register.maintain(late).await.unwrap();
        let refused = scene
            .certificates
            .log_in(&token, &nonce, &visitor, HOME, late)
            .await;
        assert!(
            matches!(
                refused,
                Err(CertificateLogInError::Proof(TokenProblem::NoChallenge))
            ),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn neither_an_alike_certificate_nor_an_altered_token_logs_in() {
    for scene in scenes().await {
        let jana = scene.registered(Spec::signing()).await;
        let alike = Spec::signing().serial(99).by(&scene.root);
        assert_eq!(alike.certificate.subject(), jana.certificate.subject());
        // Of the same authority, for the same name: not hers.
        let refused = scene.with(&alike).await;
        assert!(matches!(refused, Err(CertificateLogInError::NotRegistered)));
        // Her certificate, signed by somebody else.
        let visitor = scene.visitor();
        let nonce = scene.nonce(&visitor).await;
        let token = alike.token_for(&jana.certificate, ORIGIN, &nonce);
        assert!(wrong_signature(
            &scene.answer(&token, &nonce, &visitor).await
        ));
        // Issued by itself, same names throughout; nothing is fetched for strangers.
        let asked = scene.web.asked();
        let refused = scene.with(&Spec::signing().by_itself()).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::UnsupportedAuthority { .. })
        ));
        let forged = Spec::authority("Root").by_itself();
        let refused = scene.with(&Spec::signing().by(&forged)).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::UnsupportedAuthority { .. })
        ));
        assert_eq!(scene.web.asked(), asked);
        let nonce = scene.nonce(&visitor).await;
        let token = jana
            .token(ORIGIN, &nonce)
            .replace("web-eid:1.0", "web-eid:2.0");
        let refused = scene.answer(&token, &nonce, &visitor).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Proof(TokenProblem::Token(
                TokenError::Format
            )))
        ));
    }
}

#[tokio::test]
async fn a_revoked_suspended_expired_or_unknown_certificate_is_told_so() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let publish = |reason| {
            let revoked = [(&holder.certificate, reason)];
            scene.web.publish(scene.root.list(&revoked));
        };
        publish(RevocationReason::CertificateHold);
        let refused = scene.with(&holder).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Suspended { .. })
        ));
        scene.web.publish(scene.root.list(&[]));
        scene.with(&holder).await.unwrap();
        scene.web.go_dark();
        let refused = scene.with(&holder).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::RevocationUnknown(_))
        ));

        let visitor = scene.visitor();
        let late = NOW.plus(secs(301 * 86_400));
        let challenge = scene.certificates.challenge(&visitor, late).await.unwrap();
        let nonce = challenge.unwrap().nonce;
        let token = holder.token(ORIGIN, &nonce);
        let refused = scene
            .certificates
            .log_in(&token, &nonce, &visitor, HOME, late);
        assert!(matches!(
            refused.await,
            Err(CertificateLogInError::Expired { .. })
        ));

        publish(RevocationReason::KeyCompromise);
        let refused = scene.with(&holder).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Revoked {
                reason: RevocationReason::KeyCompromise,
                ..
            })
        ));
    }
}

#[tokio::test]
async fn a_certificate_that_is_not_made_for_it_does_not_log_in() {
    for scene in scenes().await {
        let mail_only = Spec::leaf(KeyUsage::DIGITAL_SIGNATURE, &[oid::EKU_EMAIL_PROTECTION]);
        let commits_only = Spec::leaf(KeyUsage::NON_REPUDIATION, &[oid::EKU_CLIENT_AUTH]);
        let unnamed = Spec::leaf(KeyUsage::DIGITAL_SIGNATURE, &[]);
        let any = Spec::leaf(KeyUsage::DIGITAL_SIGNATURE, &[oid::EKU_ANY]);
        for (serial, spec) in (1..).zip([mail_only, commits_only, unnamed, any]) {
            let holder = scene.registered(spec.serial(serial)).await;
            let refused = scene.with(&holder).await;
            assert!(matches!(
                refused,
                Err(CertificateLogInError::PurposeMissing)
            ));
        }
        let encrypts = scene.registered(Spec::encryption().serial(9)).await;
        let refused = scene.with(&encrypts).await;
        assert!(refused.is_err());
    }
}

#[tokio::test]
async fn the_list_says_which_purpose_counts() {
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let terms = AnchorTerms {
            log_in_purpose: oid::EKU_DOCUMENT_SIGNING,
            ..AnchorTerms::new(false)
        };
        scene.support(&scene.root, &terms).await;
        scene.web.publish(scene.root.list(&[]));
        let named = Spec::leaf(KeyUsage::DIGITAL_SIGNATURE, &[oid::EKU_DOCUMENT_SIGNING]);
        let named = scene.registered(named.serial(1)).await;
        scene.with(&named).await.unwrap();
        let client = scene.registered(Spec::signing().serial(2)).await;
        let refused = scene.with(&client).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::PurposeMissing)
        ));
    }
}

#[tokio::test]
async fn an_authority_for_signing_only_or_taken_off_the_list_logs_nobody_in() {
    for world in worlds().await {
        let scene = Scene::bare(world).await;
        let terms = AnchorTerms {
            purposes: vec![AnchorPurpose::Sign, AnchorPurpose::Encrypt],
            ..AnchorTerms::new(false)
        };
        let id = scene.support(&scene.root, &terms).await;
        scene.web.publish(scene.root.list(&[]));
        let holder = scene.registered(Spec::signing()).await;
        let unsupported = |refused: Result| {
            matches!(
                refused,
                Err(CertificateLogInError::UnsupportedAuthority { .. })
            )
        };
        assert!(unsupported(scene.with(&holder).await));
        let granted = scene
            .operator
            .require(Permission::OperateAuthorities)
            .unwrap();
        let register = &scene.world.register;
        register.remove_anchor(&granted, id, NOW).await.unwrap();
        assert!(unsupported(scene.with(&holder).await));
        scene.support(&scene.root, &AnchorTerms::new(true)).await;
        scene.with(&holder).await.unwrap();
    }
}

#[tokio::test]
async fn who_is_shut_out_stays_out() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let register = &scene.world.register;
        let shut = register.set_disabled(scene.jana.person, true, operator(), NOW);
        shut.await.unwrap();
        let refused = scene.with(&holder).await;
        assert!(matches!(refused, Err(CertificateLogInError::NotRegistered)));
    }
}

#[tokio::test]
async fn guesses_from_one_network_are_slowed_down() {
    for scene in scenes().await {
        let visitor = scene.visitor();
        for _ in 0..31 {
            let refused = scene.answer("{}", "no challenge", &visitor).await;
            assert!(matches!(refused, Err(CertificateLogInError::Proof(_))));
        }
        let refused = scene.answer("{}", "no challenge", &visitor).await;
        assert!(matches!(refused, Err(CertificateLogInError::Wait(_))));
    }
}
