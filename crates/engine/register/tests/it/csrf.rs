use chancery_register::CSRF_LIFE;

use crate::world::*;

#[tokio::test]
async fn a_token_fits_its_session_and_no_other() {
    for world in worlds().await {
        let one = world.subscriber("one@example.cz").await;
        let two = world.subscriber("two@example.cz").await;
        let token = world.register.csrf(one.session, NOW).unwrap();
        let fits = |session, token: &str, now| world.register.csrf_fits(session, token, now);
        assert!(fits(one.session, &token, NOW));
        assert!(!fits(two.session, &token, NOW));
        assert!(fits(one.session, &token, NOW.plus(CSRF_LIFE)));
        assert!(!fits(one.session, &token, NOW.plus(CSRF_LIFE + secs(1))));
        assert!(!fits(one.session, &token, NOW.minus(secs(61))));
        for forged in ["", "AAAA", "%%%", &token[1..], &"A".repeat(5000)] {
            assert!(!fits(one.session, forged, NOW));
        }
        // Another on every page, so that compression tells nothing.
        assert_ne!(token, world.register.csrf(one.session, NOW).unwrap());
    }
}

#[tokio::test]
async fn a_visitor_has_a_token_bound_to_the_cookie() {
    for world in worlds().await {
        let register = &world.register;
        let (one, two) = (
            register.new_visitor().unwrap(),
            register.new_visitor().unwrap(),
        );
        let token = register.visitor_csrf(one.expose(), NOW).unwrap();
        assert!(register.visitor_csrf_fits(one.expose(), &token, NOW));
        assert!(!register.visitor_csrf_fits(two.expose(), &token, NOW));
        assert!(!register.visitor_csrf_fits("", &token, NOW));
        // What a page makes for a cookie that an attacker planted is no good for a session.
        let session = world.subscriber("one@example.cz").await.session;
        assert!(!register.csrf_fits(session, &token, NOW));
        let of_session = register.csrf(session, NOW).unwrap();
        assert!(!register.visitor_csrf_fits(one.expose(), &of_session, NOW));
    }
}
