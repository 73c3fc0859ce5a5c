//! Finding the token and logging in.

use cryptoki::{
    error::{Error, RvError},
    session::{Session, UserType},
    slot::{Slot, TokenInfo},
};

use super::{Line, Token};
use crate::pkcs11::{PinError, PinTries, TokenError};

impl Token {
    /// Finds the token and logs in on a session that stays open.
    pub(super) fn dial(&self) -> Result<Line, TokenError> {
        let (_guard, start) = self.0.module.enter();
        let pkcs11 = self.pkcs11();
        let (slot, info) = self.find()?;
        let anchor = pkcs11.open_ro_session_no_drop(slot)?;
        if info.login_required()
            && let Err(refused) = self.log_in(&anchor, slot, &info)
        {
            let _ = anchor.close();
            return Err(refused);
        }
        Ok(Line {
            start,
            slot,
            mechanisms: pkcs11.get_mechanism_list(slot)?.into(),
            anchor,
            idle: Vec::new(),
            lent: 0,
        })
    }

    /// The slot with the token that fits the URI.
    fn find(&self) -> Result<(Slot, TokenInfo), TokenError> {
        let (uri, pkcs11) = (&self.0.uri, self.pkcs11());
        let fits = |wanted: &Option<String>, found: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == found)
        };
        let library = pkcs11.get_library_info()?;
        let version = library.library_version();
        let mut present = Vec::new();
        let mut found = None;
        let no_library = !fits(&uri.library_manufacturer, library.manufacturer_id())
            || !fits(&uri.library_description, library.library_description())
            || uri
                .library_version
                .is_some_and(|wanted| wanted != (version.major(), version.minor()));
        for slot in pkcs11.get_slots_with_token()? {
            let info = match pkcs11.get_token_info(slot) {
                Ok(info) => info,
                // Taken out in this very moment, or not readable: another slot may have the one.
                Err(Error::Pkcs11(..)) => continue,
                Err(error) => return Err(error.into()),
            };
            if !info.token_initialized() {
                continue;
            }
            present.push(info.label().to_owned());
            let around = pkcs11.get_slot_info(slot)?;
            let fitting = !no_library
                && fits(&uri.token, info.label())
                && fits(&uri.manufacturer, info.manufacturer_id())
                && fits(&uri.serial, info.serial_number())
                && fits(&uri.model, info.model())
                && fits(&uri.slot_manufacturer, around.manufacturer_id())
                && fits(&uri.slot_description, around.slot_description())
                && uri.slot_id.is_none_or(|wanted| wanted == slot.id());
            if fitting && found.replace((slot, info)).is_some() {
                return Err(TokenError::SeveralTokens {
                    wanted: uri.to_string(),
                });
            }
        }
        found.ok_or_else(|| TokenError::NoToken {
            wanted: uri.to_string(),
            present,
        })
    }

    fn log_in(&self, session: &Session, slot: Slot, info: &TokenInfo) -> Result<(), TokenError> {
        if info.user_pin_locked() {
            return Err(PinError::Locked.into());
        }
        if !info.user_pin_initialized() || info.user_pin_to_be_changed() {
            return Err(PinError::Expired.into());
        }
        if info.user_pin_final_try() {
            return Err(PinError::LastTry.into());
        }
        let pin = self.0.pin.as_ref();
        if pin.is_none() && !info.protected_authentication_path() {
            return Err(PinError::Missing.into());
        }
        let answer = match session.login(UserType::User, pin) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => return Ok(()),
            Err(Error::Pkcs11(answer, function)) => Error::Pkcs11(answer, function),
            Err(error) => return Err(error.into()),
        };
        Err(match &answer {
            Error::Pkcs11(
                RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange,
                _,
            ) => PinError::Wrong(self.tries(slot)).into(),
            Error::Pkcs11(RvError::PinLocked, _) => PinError::Locked.into(),
            Error::Pkcs11(RvError::PinExpired | RvError::UserPinNotInitialized, _) => {
                PinError::Expired.into()
            }
            _ => answer.into(),
        })
    }

    fn tries(&self, slot: Slot) -> PinTries {
        match self.pkcs11().get_token_info(slot) {
            Ok(info) if info.user_pin_locked() => PinTries::None,
            Ok(info) if info.user_pin_final_try() => PinTries::One,
            Ok(info) if info.user_pin_count_low() => PinTries::Few,
            _ => PinTries::Unknown,
        }
    }
}
