"""Stands in for dnf 4's plugin of this name where the repositories of a test have none: of each package a pattern of
/etc/dnf/plugins/versionlock.list names, only the versions that match it are on offer."""
import dnf
import dnf.subject
import hawkey

LIST = "/etc/dnf/plugins/versionlock.list"


def patterns():
    try:
        lines = open(LIST).read().splitlines()
    except FileNotFoundError:
        return []
    return [line for line in (text.partition("#")[0].strip() for text in lines) if line]


class VersionLock(dnf.Plugin):
    name = "versionlock"

    def __init__(self, base, cli):
        super().__init__(base, cli)
        self.cli = cli

    def sack(self):
        if self.cli is not None and not self.cli.demands.resolving:
            return
        sack, names, kept = self.base.sack, set(), self.base.sack.query().filterm(empty=True)
        for pattern in patterns():
            subject = dnf.subject.Subject(pattern)
            names.update(each.name for each in subject.get_nevra_possibilities())
            kept = kept.union(subject.get_best_query(sack))
        others = sack.query().filterm(name=list(names)).difference(kept)
        sack.add_excludes(others.filterm(reponame__neq=hawkey.SYSTEM_REPO_NAME))
