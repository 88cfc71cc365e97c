package main

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/jdx/go-netrc"

	"ftpdiag/probe"
)

// fromNetrc takes name and password from the netrc file: the entry of the host
// and, if the person named one, of that user, else the default entry.
func (e environment) fromNetrc(t probe.Target, named bool) (probe.Target, error) {
	path := e.netrcPath()
	text, err := os.ReadFile(path)
	if err != nil {
		return t, complain("cannot read "+quotePath(path)+": "+fileProblem(err),
			"The file may be elsewhere: set the environment variable NETRC to its path.")
	}
	machines, err := machinesIn(strings.TrimPrefix(string(text), "\ufeff"))
	if err != nil {
		return t, complain(quotePath(path)+" is not a netrc file", "An entry looks like: machine ftp.example.com login maria password SECRET")
	}
	for _, m := range machines {
		host := strings.EqualFold(strings.TrimSuffix(m.Name, "."), strings.TrimSuffix(t.Host, "."))
		login := m.Get("login")
		if !host && !m.IsDefault || named && login != t.User {
			continue
		}
		t.User = cmp.Or(login, t.User)
		secret := m.Get("password")
		if secret == "" {
			return t, complain("the entry for " + clip(t.Host) + " in " + quotePath(path) + " has no password")
		}
		t.Password = probe.Secret(secret)
		return t, nil
	}
	what := "there is no entry for " + clip(t.Host) + " in " + quotePath(path)
	if named {
		what = "there is no entry for user " + clip(t.User) + " on " + clip(t.Host) + " in " + quotePath(path)
	}
	return t, complain(what, "Leave out --netrc and name the user: --user NAME")
}

// netrcPath is where curl, ftp and git look too: NETRC, else the home folder,
// where Windows programs call the file _netrc.
func (e environment) netrcPath() string {
	if path := e.getenv("NETRC"); path != "" {
		return path
	}
	if runtime.GOOS == "windows" {
		return filepath.Join(e.getenv("USERPROFILE"), "_netrc")
	}
	return filepath.Join(e.getenv("HOME"), ".netrc")
}

// errNetrc stands for a file that the parser cannot read.
var errNetrc = errors.New("not a netrc file")

// machinesIn parses a netrc text. The text is handed over, not the path: the
// parser would start gpg for a path that ends in .gpg. It also panics on a
// file that ends within an entry's first line, which is no reason for us to.
func machinesIn(text string) (machines netrc.Machines, err error) {
	defer func() {
		if recover() != nil {
			err = errNetrc
		}
	}()
	parsed, err := netrc.ParseString(text)
	if err != nil {
		return nil, err
	}
	return parsed.Machines(), nil
}
