//go:build linux

package lab

import (
	"fmt"
	"os"
	"path/filepath"
)

// pyftpdlibScript serves with pyftpdlib 1.5.7, which is a library: a script is its configuration. One thread per session: its
// default, one loop for all, stops answering one of four concurrent sessions now and then (measured: 12 of 240).
const pyftpdlibScript = `import sys
sys.path.insert(0, %[1]q)
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
from pyftpdlib.servers import ThreadedFTPServer

certificate = %[2]q
authorizer = DummyAuthorizer()
authorizer.add_anonymous(%[3]q)
authorizer.add_user(%[4]q, %[5]q, %[3]q)
handler = TLS_FTPHandler if certificate else FTPHandler
handler.authorizer = authorizer
handler.passive_ports = range(%[6]d, %[7]d + 1)
if certificate:
    handler.certfile = certificate
    handler.tls_control_required = handler.tls_data_required = %[9]d
server = ThreadedFTPServer(("0.0.0.0", 21), handler)
server.max_cons_per_ip = %[8]d
server.serve_forever()
`

// pyftpdlibCommand writes the script. The library has no attribute that refuses a mode, nor one for session reuse.
func pyftpdlibCommand(installation, folder string, s Setting) ([]string, error) {
	if s.NoPassive || s.NoActive || s.TLS == SessionReuseRequired {
		return nil, ErrUnsupported
	}
	perAddress := 0 // no limit
	if s.OnePerAddress {
		perAddress = 1
	}
	certificate := ""
	tlsRequired := 0
	if s.TLS == TLSRequired {
		tlsRequired = 1
	}
	if s.TLS != NoTLS {
		var err error
		if certificate, err = writeJoinedCertificate(folder); err != nil {
			return nil, err
		}
	}
	script := fmt.Sprintf(pyftpdlibScript, filepath.Join(installation, "usr/lib/python3/dist-packages"), certificate,
		publicFolder, User, Password, firstPassivePort, lastPassivePort, perAddress, tlsRequired)
	file := filepath.Join(folder, "serve.py")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		return nil, err
	}
	// The system's Python, to which Debian's library and python3-openssl belong, not another one in the path. -B: no
	// compiled files next to the library.
	return []string{"/usr/bin/python3", "-B", "-W", "ignore", file}, nil
}
