//! A production environment under attack.

use tempfile::TempDir;

use crate::support::{Server, chancery, file, folder, http::Door, run};

const CONFIG: &str = include_str!("../../../src/chancery.toml");

/// The environment, stopped and gone with its test.
pub struct Production {
    server: Server,
    pub https: String,
    folder: TempDir,
}

impl Production {
    /// Starts one that listens for plain HTTP there; `mail` stands in its section of that name.
    pub fn start(http: &str, mail: &str) -> Self {
        let folder = folder();
        let config = CONFIG
            .replace("rsa:4096\"", "ec:p256\"")
            .replace("[mail]", &format!("[mail]\n{mail}"))
            // Nobody answers there, at once.
            .replace("[dns]", "[dns]\nservers = [\"127.0.0.1:1\"]");
        file(folder.path(), "c.toml", config);
        let mut init = chancery();
        init.current_dir(folder.path());
        run(init.args(["init", "--data", "d", "--config", "c.toml"]), 0);
        let data = folder.path().join("d");
        let server = Server::start_at(&["--data", data.to_str().unwrap()], http, "127.0.0.1:0");
        Self {
            https: server.https.clone(),
            server,
            folder,
        }
    }

    /// Its plain door.
    pub fn plain(&self) -> Door {
        Door::plain(&self.server.http)
    }

    /// Invites somebody and gives the link's path.
    pub fn invite(&self, role: &str, email: &str) -> String {
        let mut add = chancery();
        add.current_dir(self.folder.path());
        let words = [
            "user", "add", "--data", "d", "--role", role, "--email", email,
        ];
        let link = run(add.args(words), 0).stdout;
        let (_, token) = link.trim().split_once("/invitation/").unwrap();
        format!("/invitation/{}", token.split_whitespace().next().unwrap())
    }
}
