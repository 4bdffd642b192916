"""A Dockerfile's stages and a container's surroundings without a container engine: overlays over this machine's own root file system.

Only what our Dockerfile uses is understood; anything else is an error, so that what is tried is what is written.
"""

import fnmatch
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess

JSON_FORM = re.compile(r"^\s*\[")


def instructions(dockerfile):
    """(name, flags, rest) of each instruction, in order; comments gone and continued lines joined."""
    lines = [line for line in dockerfile.read_text().splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    for line in filter(None, map(str.strip, joined.splitlines())):
        name, _, rest = line.partition(" ")
        flags = []
        while rest.lstrip().startswith("--"):
            flag, _, rest = rest.lstrip().partition(" ")
            flags.append(flag)
        yield name.upper(), flags, rest.strip()


def words(text):
    """The arguments of an instruction in its JSON form, or in its shell form."""
    return json.loads(text) if JSON_FORM.match(text) else ["/bin/sh", "-c", text]


class Stage:
    """One FROM: a root file system of its own, and what the instructions said so far. The base image is this machine itself."""

    def __init__(self, folder, base, base_environment):
        self.base, self.env, self.user, self.workdir = base, dict(base_environment), "root", "/"
        self.entrypoint, self.cmd, self.healthcheck, self.volumes, self.stop = [], [], [], [], "SIGTERM"
        self.root = folder / "root"
        for part in ("upper", "work", "root"):
            (folder / part).mkdir(parents=True)
        mount("-t", "overlay", "-o", f"lowerdir=/,upperdir={folder}/upper,workdir={folder}/work", "overlay", self.root)
        for part in ("proc", "dev"):
            mount("--rbind", f"/{part}", self.root / part)
        for part in ("tmp", "run", "root"):  # What this machine has there no image has.
            mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", self.root / part)
        for part in ("etc/sealpost", "var/lib/sealpost", "opt/sealpost", "src"):
            shutil.rmtree(self.root / part, ignore_errors=True)
        (self.root / "usr/local/bin/sealpost").unlink(missing_ok=True)
        for accounts in ("passwd", "group", "shadow", "gshadow"):
            file = self.root / "etc" / accounts
            file.write_text("".join(line for line in file.read_text().splitlines(True) if not line.startswith("sealpost:")))

    def path(self, inside):
        return self.root / str(pathlib.PurePosixPath(self.workdir) / inside).lstrip("/")

    def run(self, flags, rest):
        for flag in flags:
            target = re.fullmatch(r"--mount=type=cache,target=(\S+)", flag)
            if not target:
                raise SystemExit(f"try-stages does not know RUN {flag}")
            self.path(target[1]).mkdir(parents=True, exist_ok=True)
            mount("--bind", pathlib.Path.home() / ".m2", self.path(target[1]))
        subprocess.run(["chroot", self.root, "/bin/sh", "-c", f"cd {shlex.quote(self.workdir)} && {rest}"], env=self.env, check=True)
        for flag in flags:
            subprocess.run(["umount", self.path(flag.partition("target=")[2])], check=True)

    def copy(self, sources, origin):
        """As COPY: several files, or the contents of one folder; origin maps a source to what it is on this machine."""
        *names, target = sources
        for name in names:
            source, into = origin(name), self.path(target)
            if source.is_dir():
                shutil.copytree(source, into, symlinks=True, dirs_exist_ok=True)
            else:
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, into / source.name if target.endswith("/") else into)


def build(dockerfile, context, folder, base_environment):
    """Runs all stages; the last one is returned. context is a folder with what the build may see."""
    stages, names = [], {}
    for name, flags, rest in instructions(dockerfile):
        stage = stages[-1] if stages else None
        if name == "FROM":
            base, _, alias = rest.partition(" AS ")
            stages.append(Stage(folder / f"stage{len(stages)}", base, base_environment))
            names[alias.strip()] = stages[-1]
        elif name == "WORKDIR":
            stage.workdir = rest
            stage.path(".").mkdir(parents=True, exist_ok=True)
        elif name == "COPY":
            origins = [names[flag.partition("=")[2]] for flag in flags if flag.startswith("--from=")]
            stage.copy(rest.split(), origins[0].path if origins else lambda inside: context / inside)
        elif name == "RUN":
            stage.run(flags, rest)
        elif name == "USER":
            stage.user = rest
        elif name == "ENV":
            stage.env.update(part.split("=", 1) for part in shlex.split(rest))
        elif name in ("ENTRYPOINT", "CMD"):
            setattr(stage, name.lower(), words(rest))
        elif name == "HEALTHCHECK":
            stage.healthcheck = words(rest.removeprefix("CMD "))
        elif name == "VOLUME":
            stage.volumes = json.loads(rest)
        elif name == "STOPSIGNAL":
            stage.stop = rest
        elif name != "EXPOSE":
            raise SystemExit(f"try-stages does not know {name}")
    return stages[-1]


def context(repository, to):
    """What docker build would send: the files of the working tree without those that .dockerignore names."""
    ignored = [line.strip("/") for line in (repository / ".dockerignore").read_text().split()]
    listed = subprocess.run(
        ["git", "-C", repository, "ls-files", "-z", "-co", "--exclude-standard"], check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        heads = ["/".join(name.split("/")[: n + 1]) for n in range(name.count("/") + 1)]
        if not any(fnmatch.fnmatch(head, rule.removeprefix("**/")) for head in heads for rule in ignored) and (repository / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(repository / name, to / name)


class Container:
    """The last stage as a container: read-only root, no capability, its USER; volumes, secrets and tmpfs as compose.yaml has them."""

    def __init__(self, stage, folder, hosts):
        self.stage = stage
        account = (stage.root / "etc/passwd").read_text()
        _, _, self.uid, self.gid, _, home, _ = re.search(rf"^{stage.user}:.*$", account, re.M)[0].split(":")
        self.env = {**stage.env, "HOME": home}
        self.mounts = []
        folder.mkdir()
        for volume in stage.volumes:  # A fresh volume begins with what the image has there.
            kept = folder / volume.strip("/").replace("/", "-")
            shutil.copytree(stage.path(volume), kept, symlinks=True)
            shutil.copystat(stage.path(volume), kept)
            owner = stage.path(volume).stat()
            os.chown(kept, owner.st_uid, owner.st_gid)
            self.mounts.append(f"mount --bind {kept} {stage.path(volume)}")
        (folder / "hosts").write_text(f"127.0.0.1 localhost {os.uname().nodename} {hosts}\n")
        self.mounts.append(f"mount --bind {folder}/hosts {stage.root}/etc/hosts")
        mount("-o", "remount,ro", stage.root)

    def command(self, arguments, environment=(), secrets=None, tmpfs="mode=1777,noexec"):
        """The command line that starts it, and its environment."""
        root = self.stage.root
        lines = [*self.mounts, f"mount -t tmpfs -o nosuid,nodev,{tmpfs} tmpfs {root}/tmp", f"mount -t tmpfs tmpfs {root}/run"]
        if secrets:
            lines += [f"mkdir {root}/run/secrets", f"mount --bind {secrets} {root}/run/secrets"]
        drop = f"setpriv --reuid={self.uid} --regid={self.gid} --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs"
        inside = f"cd {self.stage.workdir} && exec {shlex.join(arguments)}"
        script = "\n".join([*lines, f"exec chroot {root} {drop} /bin/sh -c {shlex.quote(inside)}"])
        return ["unshare", "--mount", "/bin/sh", "-ec", script], {**self.env, **dict(environment)}


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)
