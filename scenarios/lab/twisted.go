//go:build linux

package lab

import (
	"fmt"
	"os"
	"path/filepath"
)

// twistedScript serves with Twisted 22.4, whose FTP server knows PORT and PASV and none of their extensions. -W ignore
// and the filter on top: it complains about an optional module for outgoing TLS.
const twistedScript = `import sys, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, %[1]q)
from twisted.cred.checkers import AllowAnonymousAccess, InMemoryUsernamePasswordDatabaseDontUse
from twisted.cred.portal import Portal
from twisted.internet import reactor
from twisted.protocols.ftp import FTPFactory, FTPRealm

portal = Portal(FTPRealm(%[2]q), [
    AllowAnonymousAccess(),
    InMemoryUsernamePasswordDatabaseDontUse(**{%[3]q: %[4]q.encode()}),
])
factory = FTPFactory(portal)
factory.passivePortRange = range(%[5]d, %[6]d + 1)
%[8]s
reactor.listenTCP(%[7]d, factory)
reactor.run()
`

// twistedCommand writes the script. Beside the port there is nothing to set.
func twistedCommand(installation, folder string, s Setting) ([]string, error) {
	if s != (Setting{Port: s.Port, Lines: s.Lines, Exclusive: s.Exclusive}) {
		return nil, ErrUnsupported
	}
	script := fmt.Sprintf(twistedScript, filepath.Join(installation, "usr/lib/python3/dist-packages"), publicFolder,
		User, Password, firstPassivePort, lastPassivePort, s.port(), s.Lines)
	file := filepath.Join(folder, "serve.py")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		return nil, err
	}
	return []string{"/usr/bin/python3", "-B", "-W", "ignore", file}, nil
}
