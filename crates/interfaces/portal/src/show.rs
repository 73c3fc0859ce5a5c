//! States and steps as pages show them: icon, word and colour, the same everywhere.

/// A state that people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Badge {
    AwaitingData,
    WaitingForVerification,
    Verified,
    NotAvailableYet,
    Rejected,
    Valid,
    Expiring,
    Expired,
    Revoked,
    Suspended,
    NotYetValid,
    Closed,
}

impl Badge {
    /// All of them, for the page that shows what each means.
    pub(crate) const ALL: [Self; 12] = [
        Self::AwaitingData,
        Self::WaitingForVerification,
        Self::Verified,
        Self::NotAvailableYet,
        Self::Rejected,
        Self::Valid,
        Self::Expiring,
        Self::Expired,
        Self::Revoked,
        Self::Suspended,
        Self::NotYetValid,
        Self::Closed,
    ];

    /// The icon of the sprite.
    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Self::AwaitingData => "pencil",
            Self::WaitingForVerification => "hourglass",
            Self::Verified | Self::Valid => "circle-check",
            Self::NotAvailableYet => "lock",
            Self::Rejected => "circle-x",
            Self::Expiring => "clock-exclamation",
            Self::Expired => "clock-off",
            Self::Revoked | Self::Closed => "ban",
            Self::Suspended => "player-pause",
            Self::NotYetValid => "clock",
        }
    }

    /// The key of its word.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::AwaitingData => "state-awaiting-data",
            Self::WaitingForVerification => "state-waiting-for-verification",
            Self::Verified => "state-verified",
            Self::NotAvailableYet => "state-not-available-yet",
            Self::Rejected => "state-rejected",
            Self::Valid => "state-valid",
            Self::Expiring => "state-expiring",
            Self::Expired => "state-expired",
            Self::Revoked => "state-revoked",
            Self::Suspended => "state-suspended",
            Self::NotYetValid => "state-not-yet-valid",
            Self::Closed => "state-closed",
        }
    }

    /// The key of what it means.
    pub(crate) fn meaning(self) -> String {
        format!("{}-means", self.words())
    }

    /// The colour's name in the style sheet.
    pub(crate) const fn tone(self) -> &'static str {
        match self {
            Self::AwaitingData | Self::NotYetValid => "blue",
            Self::WaitingForVerification | Self::Expiring | Self::Suspended => "amber",
            Self::Verified | Self::Valid => "green",
            Self::NotAvailableYet | Self::Expired | Self::Closed => "grey",
            Self::Rejected | Self::Revoked => "red",
        }
    }
}

/// One step of an order.
#[derive(Clone, Debug)]
pub(crate) struct StepMark {
    /// The key of the step's name.
    pub words: &'static str,
    /// Where it stands.
    pub badge: Badge,
    /// Whether it is the one that is open below.
    pub current: bool,
    /// Where it can be opened, if it can.
    pub path: Option<String>,
}

/// One line of a choice.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub value: String,
    pub text: String,
}
