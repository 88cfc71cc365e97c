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
odd_replies = %[12]d
class Odd(handler):
    def respond(self, resp, logfun=None):
        if resp.startswith("227 "):
            resp = resp.replace("227 Entering passive mode", "227 Passive mode 1 ready")
        if resp.startswith("229 ") and odd_replies > 1:
            resp = resp.replace("(", "").replace(")", "")
        super().respond(resp) if logfun is None else super().respond(resp, logfun)
if odd_replies:
    handler = Odd
handler.authorizer = authorizer
handler.passive_ports = range(%[6]d, %[7]d + 1)
if certificate:
    handler.certfile = certificate
    handler.tls_control_required, handler.tls_data_required = %[9]s, %[10]s
handler.masquerade_address = %[11]q or None
server = ThreadedFTPServer(("0.0.0.0", %[13]d), handler)
server.max_cons_per_ip = %[8]d
%[14]s
server.serve_forever()
`

// pythonBool writes a truth value as Python does.
func pythonBool(b bool) string {
	if b {
		return "True"
	}
	return "False"
}

// pyftpdlibCommand writes the script. The library has no attribute that refuses a mode, nor one for session reuse.
func pyftpdlibCommand(installation, folder string, s Setting) ([]string, error) {
	if s.NoPassive || s.NoActive || s.TLS == SessionReuseRequired || s.TLS == ImplicitTLS || s.SlowNames || s.Ident || s.IPv6 {
		return nil, ErrUnsupported
	}
	perAddress := 0 // no limit
	if s.OnePerAddress {
		perAddress = 1
	}
	certificate := ""
	if s.TLS != NoTLS {
		var err error
		if certificate, err = writeJoinedCertificate(folder); err != nil {
			return nil, err
		}
	}
	script := fmt.Sprintf(pyftpdlibScript, filepath.Join(installation, "usr/lib/python3/dist-packages"), certificate,
		publicFolder, User, Password, firstPassivePort, lastPassivePort, perAddress,
		pythonBool(s.TLS == TLSRequired), pythonBool(s.TLS == TLSRequired || s.TLS == DataTLSRequired), s.ExternalAddress, int(s.OddReply), s.port(), s.Lines)
	file := filepath.Join(folder, "serve.py")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		return nil, err
	}
	// The system's Python, to which Debian's library and python3-openssl belong, not another one in the path. -B: no
	// compiled files next to the library.
	return []string{"/usr/bin/python3", "-B", "-W", "ignore", file}, nil
}
