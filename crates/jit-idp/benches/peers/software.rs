//! Programs of others, each a process that works when it is told to.

use std::{
    cell::RefCell,
    fs, io,
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    rc::Rc,
};

use crate::{
    Subject, Work, cpu,
    install::{here, installed, run},
    message::Message,
};

/// A peer.
#[derive(Clone, Copy)]
pub(crate) enum Software {
    Python3Saml,
    NodeSaml,
}

impl Software {
    pub(crate) const ALL: [Self; 2] = [Self::Python3Saml, Self::NodeSaml];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Python3Saml => "python3-saml",
            Self::NodeSaml => "node-saml",
        }
    }

    /// Installs it if need be, and starts it.
    pub(crate) fn start(self, message: &Message) -> io::Result<Vec<Subject>> {
        let process = Rc::new(RefCell::new(Process::start(self.program()?, message)?));
        let subject = |name, times, kind| Subject {
            name,
            times,
            work: working(&process, kind),
        };
        Ok(match self {
            Self::Python3Saml => vec![
                subject(
                    "libxml2 and libxmlsec1: parsed, the signature alone",
                    100,
                    "signature",
                ),
                subject("python3-saml", 50, "everything"),
            ],
            Self::NodeSaml => vec![subject("node-saml", 30, "everything")],
        })
    }

    fn program(self) -> io::Result<Command> {
        let mut command = match self {
            Self::Python3Saml => {
                let folder = installed("python3-saml", |folder| {
                    run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
                    run(Command::new(folder.join("bin/pip"))
                        .args([
                            "install",
                            "--quiet",
                            "--only-binary",
                            ":all:",
                            "--requirement",
                        ])
                        .arg(here().join("requirements.txt")))
                })?;
                Command::new(folder.join("bin/python"))
            }
            Self::NodeSaml => {
                let folder = installed("node-saml", |folder| {
                    for file in [".npmrc", "package.json", "package-lock.json"] {
                        fs::copy(here().join(file), folder.join(file))?;
                    }
                    run(Command::new("npm")
                        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                        .current_dir(folder))
                })?;
                let mut command = Command::new("node");
                command.env("NODE_PATH", folder.join("node_modules"));
                command
            }
        };
        command.arg(here().join(match self {
            Self::Python3Saml => "python3_saml.py",
            Self::NodeSaml => "node_saml.js",
        }));
        Ok(command)
    }
}

/// Work of that kind by that process.
fn working(process: &Rc<RefCell<Process>>, kind: &'static str) -> Work {
    let process = Rc::clone(process);
    Box::new(move |times| process.borrow_mut().work(kind, times).unwrap())
}

/// A running program, which ends with its input.
struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts it and has it verify once, so that what cannot work is known before anything is measured.
    fn start(mut command: Command, message: &Message) -> io::Result<Self> {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a program without pipes"));
        };
        let output = BufReader::new(output);
        let mut process = Self {
            child,
            input,
            output,
        };
        writeln!(process.input, "{}", message.told())?;
        process.work("everything", 1)?;
        Ok(process)
    }

    /// The CPU time of so many verifications, in seconds.
    fn work(&mut self, kind: &str, times: u32) -> io::Result<f64> {
        let start = cpu::of_process(self.child.id());
        writeln!(self.input, "{kind} {times}")?;
        let mut answer = String::new();
        self.output.read_line(&mut answer)?;
        if answer.trim() == "done" {
            Ok(cpu::of_process(self.child.id()) - start)
        } else {
            Err(io::Error::other(format!(
                "expected `done`, found {answer:?}"
            )))
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
