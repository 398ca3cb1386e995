//! A PostgreSQL server for tests: made in a temporary folder, and gone with the process that started it.

use std::{
    ffi::OsStr,
    fs::OpenOptions,
    io::Write,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// PostgreSQL is not installed.
    #[error(
        "no PostgreSQL: there is no initdb in /usr/lib/postgresql/*/bin or on the PATH; tests/tools installs it"
    )]
    Missing,
    /// The temporary folder cannot be used.
    #[error("the folder of the server cannot be made or written")]
    Folder(#[from] std::io::Error),
    /// One of the programs failed.
    #[error("{program} failed: {said}")]
    Program {
        /// Which one.
        program: &'static str,
        /// What it printed.
        said: String,
    },
}

/// Whether what was committed must survive the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in production: to measure.
    Full,
    /// Survives the end of the server, not of the machine: fast.
    None,
}

/// A server that listens on a socket in its own folder, so that no port can be taken.
///
/// It is stopped and its folder removed when this is dropped, and when the process ends in any other way.
#[derive(Debug)]
pub struct PostgresServer {
    programs: PathBuf,
    folder: PathBuf,
    /// Ends when the pipe to it is closed, and takes the server with it.
    guard: Child,
}

/// The user `nobody`: PostgreSQL refuses to run as root.
const NOBODY: u32 = 65534;

/// Waits for the end of the process that holds the other end of its input.
const GUARD: &str = r#"cat >/dev/null
"$1/pg_ctl" --pgdata="$2/data" --mode=immediate stop >/dev/null 2>&1
cd / && rm -rf "$2""#;

const FAST: &str = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n";

impl PostgresServer {
    /// Makes a server with nothing in it and starts it.
    pub fn start(durability: Durability) -> Result<Self, ServerError> {
        let programs = find_programs().ok_or(ServerError::Missing)?;
        let folder = tempfile::Builder::new().prefix("postgres-").tempdir()?;
        let owner = owner(folder.path())?;
        chown(folder.path(), Some(owner), Some(owner))?;
        let folder = folder.keep();
        let mut guard = Command::new("/bin/sh");
        guard
            .args(["-c", GUARD, "guard"])
            .arg(&programs)
            .arg(&folder);
        // A group of its own: what interrupts the tests must not interrupt the guard.
        guard.process_group(0);
        let guard = as_user(&mut guard, owner).stdin(Stdio::piped()).spawn()?;
        let server = Self {
            programs,
            folder,
            guard,
        };
        server.make(durability)?;
        server.start_again()?;
        Ok(server)
    }

    /// The address of a database of this server.
    pub fn url(&self, database: &str) -> String {
        format!(
            "postgres:///{database}?host={}&user=postgres",
            self.folder.display()
        )
    }

    /// The socket that it listens on.
    pub fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// Makes an empty database, or a copy of another that nobody is connected to.
    pub fn create_database(&self, name: &str, template: Option<&str>) -> Result<(), ServerError> {
        let template = template.unwrap_or("template1");
        self.run("createdb", |command| {
            self.connected(command).args(["--template", template, name])
        })
    }

    /// Removes a database, whoever is connected.
    pub fn drop_database(&self, name: &str) -> Result<(), ServerError> {
        self.run("dropdb", |command| {
            self.connected(command)
                .args(["--force", "--if-exists", name])
        })
    }

    /// Stops it as a crash would: nothing is finished, nobody is told.
    pub fn crash(&self) -> Result<(), ServerError> {
        self.run("pg_ctl", |command| {
            self.at_data(command).args(["--mode=immediate", "stop"])
        })
    }

    /// Starts it after a crash, and waits until it can be used.
    pub fn start_again(&self) -> Result<(), ServerError> {
        let log = self.folder.join("log");
        self.run("pg_ctl", |command| {
            self.at_data(command).arg("--log").arg(log).arg("start")
        })
    }

    fn make(&self, durability: Durability) -> Result<(), ServerError> {
        self.run("initdb", |command| {
            self.at_data(command).args([
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
            ])
        })?;
        let settings = self.folder.join("data/postgresql.conf");
        let mut settings = OpenOptions::new().append(true).open(settings)?;
        writeln!(
            settings,
            "listen_addresses = ''\nunix_socket_directories = '{}'\nmax_connections = 300",
            self.folder.display()
        )?;
        if durability == Durability::None {
            settings.write_all(FAST.as_bytes())?;
        }
        Ok(())
    }

    fn at_data<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.arg("--pgdata").arg(self.folder.join("data"))
    }

    fn connected<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .arg("--host")
            .arg(&self.folder)
            .arg("--username=postgres")
    }

    fn run(
        &self,
        program: &'static str,
        arguments: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Result<(), ServerError> {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(&self.folder);
        let output = as_user(arguments(&mut command), owner(&self.folder)?).output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(ServerError::Program {
            program,
            said: String::from_utf8_lossy(&said).trim().to_owned(),
        })
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // Nobody is left to be told of an error.
        let _ = self.guard.wait();
    }
}

/// Who owns the folder, or should: nobody instead of root.
fn owner(folder: &Path) -> std::io::Result<u32> {
    let owner = std::fs::metadata(folder)?.uid();
    Ok(if owner == 0 { NOBODY } else { owner })
}

fn as_user(command: &mut Command, user: u32) -> &mut Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if is_root {
        command.uid(user).gid(user);
    }
    command
}

/// The folder of the newest release that Debian has installed, or of the first on the PATH.
fn find_programs() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let release = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let mut installed: Vec<_> = installed.flatten().map(|entry| entry.path()).collect();
    installed.sort_by_key(|folder| std::cmp::Reverse(release(folder)));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = installed
        .into_iter()
        .map(|folder| folder.join("bin"))
        .chain(std::env::split_paths::<OsStr>(&path));
    folders.find(|folder| folder.join("initdb").is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_server_leaves_nothing() {
        let server = PostgresServer::start(Durability::None).unwrap();
        server.create_database("one", None).unwrap();
        server.crash().unwrap();
        server.start_again().unwrap();
        server.create_database("two", Some("one")).unwrap();
        let folder = server.folder.clone();
        assert!(folder.join("data/postmaster.pid").exists());
        drop(server);
        assert!(!folder.exists());
    }

    /// The guard sees the end of the pipe, whatever ended the process that held it.
    #[test]
    fn a_server_ends_with_the_pipe_to_its_guard() {
        let mut server = PostgresServer::start(Durability::None).unwrap();
        drop(server.guard.stdin.take());
        server.guard.wait().unwrap();
        assert!(!server.folder.exists());
        assert!(!server.socket().exists());
    }

    #[test]
    fn what_a_program_says_is_in_the_error() {
        let server = PostgresServer::start(Durability::None).unwrap();
        let said = server.create_database("one", Some("absent")).unwrap_err();
        assert!(said.to_string().contains("absent"), "{said}");
    }
}
