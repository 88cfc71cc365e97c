//go:build linux

package lab

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Kind is one of the FTP servers the lab runs.
type Kind int

// The zero Kind is no server.
const (
	_ Kind = iota
	Vsftpd
	ProFTPD
	PureFTPd
	Pyftpdlib
	Inetutils
	Twisted
	Goftp
)

// Kinds are the servers every world is tried with, in this order. Twisted and goftp serve few settings and are tried where
// a world asks for them.
var Kinds = []Kind{Vsftpd, ProFTPD, PureFTPd, Pyftpdlib, Inetutils}

// String is the server's name as its own manual writes it in lower case.
func (k Kind) String() string {
	switch k {
	case Vsftpd:
		return "vsftpd"
	case ProFTPD:
		return "proftpd"
	case PureFTPd:
		return "pure-ftpd"
	case Pyftpdlib:
		return "pyftpdlib"
	case Inetutils:
		return "inetutils"
	case Twisted:
		return "twisted"
	case Goftp:
		return "goftp"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// Encryption is what a server does about TLS.
type Encryption int

// The zero Encryption is a server without TLS.
const (
	NoTLS Encryption = iota
	// TLSOffered takes logins and data in clear and under TLS.
	TLSOffered
	// TLSRequired refuses logins and data in clear.
	TLSRequired
	// SessionReuseRequired is TLSRequired, and data connections must resume the control connection's TLS session.
	SessionReuseRequired
	// DataTLSRequired takes logins in clear and refuses data in clear: it wants PROT P (RFC 4217 section 9).
	DataTLSRequired
	// ImplicitTLS speaks TLS from the first byte on.
	ImplicitTLS
)

// OddReply is a reply to PASV or EPSV that FTP programs understand and the kernel's FTP helper does not: it drops what
// it cannot parse (nf_conntrack_ftp.c, help).
type OddReply int

// The zero OddReply is a server that answers like the others.
const (
	NoOddReply OddReply = iota
	// Odd227 has a number before the address: RFC 1123 section 4.1.2.6 tells clients to scan for the address.
	Odd227
	// Odd227And229 has in addition a 229 without parentheses.
	Odd227And229
)

// A Setting is how a world wants its server. The zero value is an open server: anonymous and User, both modes, clear.
type Setting struct {
	NoPassive     bool // PASV and EPSV refused
	NoActive      bool // PORT and EPRT refused
	OnePerAddress bool // a second control connection from one address is refused
	TLS           Encryption
	// Port is the control port. 0: 21.
	Port int
	// ExternalAddress is what the 227 shows instead of the server's own address. "": its own.
	ExternalAddress string
	// IPv6 serves both families.
	IPv6 bool
	// SlowNames asks the reverse DNS for the client's name before the greeting, from a resolver that never answers.
	SlowNames bool
	// Ident asks port 113 of the client who is there (RFC 1413) before the greeting.
	Ident    bool
	OddReply OddReply
	// Lines are further lines of the server's configuration in its own language, which the world's servers must share. For
	// Pure-FTPd and inetutils they are options, for pyftpdlib and Twisted Python before the server starts.
	Lines string
	// Exclusive is a server that does not let anonymous in, or not in the way the lab knocks: it counts as started when
	// it takes a connection.
	Exclusive bool
}

// port is the control port.
func (s Setting) port() int {
	if s.Port == 0 {
		return 21
	}
	return s.Port
}

// slowNames is what a server with Setting.SlowNames finds in /etc: a resolver behind the server's gateway, which drops the
// questions. One attempt: greetings are late by one limit of the resolver (resolv.conf(5): 5 s).
var slowNames = etc{
	"resolv.conf":   "nameserver " + silentResolver + "\noptions timeout:5 attempts:1\n",
	"nsswitch.conf": "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\n",
}

// ErrUnsupported says that a server has no directive for a setting: the world does not apply to it.
var ErrUnsupported = errors.New("the server has no such setting")

// command writes the server's configuration into folder and returns the program that runs it in the foreground.
// For Inetutils that is the program of one session.
func (k Kind) command(installation, folder string, s Setting) ([]string, error) {
	switch k {
	case Vsftpd:
		return vsftpdCommand(installation, folder, s)
	case ProFTPD:
		return proftpdCommand(installation, folder, s)
	case PureFTPd:
		return pureftpdCommand(installation, folder, s)
	case Pyftpdlib:
		return pyftpdlibCommand(installation, folder, s)
	case Inetutils:
		return inetutilsCommand(installation, s)
	case Twisted:
		return twistedCommand(installation, folder, s)
	case Goftp:
		return goftpCommand(s)
	}
	return nil, fmt.Errorf("no such server: %v", k)
}

// Supports returns ErrUnsupported if the server cannot be set so.
func (k Kind) Supports(s Setting) error {
	folder, err := os.MkdirTemp("", "supports")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a temporary folder left behind harms nobody
	_, err = k.command("", folder, s)
	return err
}

// A Daemon is a running FTP server. Stop must be called.
type Daemon struct {
	// Stop ends the server and waits for it.
	Stop func()
	// log is what the server wrote to its standard output and error.
	log string
}

// StartDaemon starts a server of the installation inside the namespace and waits until its control port at address lets
// anonymous in.
func StartDaemon(ctx context.Context, n *Namespace, k Kind, installation, address string, s Setting) (*Daemon, error) {
	folder, err := os.MkdirTemp("", k.String())
	if err != nil {
		return nil, err
	}
	argv, err := k.command(installation, folder, s)
	if err != nil {
		return nil, err
	}
	d := &Daemon{log: filepath.Join(folder, "output")}
	// Nobody waits longer for a server that has given up.
	ready, cancel := context.WithTimeout(ctx, startupPatience)
	defer cancel()
	door := net.JoinHostPort(address, strconv.Itoa(s.port()))
	var names etc
	if s.SlowNames {
		names = slowNames
	}
	if k == Inetutils {
		listenAt := door
		if s.IPv6 {
			listenAt = net.JoinHostPort("::", strconv.Itoa(s.port()))
		}
		d.Stop, err = startInetd(n, listenAt, argv, names)
	} else {
		d.Stop, err = startProcess(n, argv, names, d.log, cancel)
	}
	if err != nil {
		return nil, err
	}
	if err := waitForLogin(ready, n, door, s); err != nil {
		d.Stop()
		output, _ := os.ReadFile(d.log) // best effort: the error stands without it
		return nil, fmt.Errorf("%v does not serve: %w; it said: %s", k, err, output)
	}
	return d, nil
}

// startProcess starts a server that stays in the foreground, and calls ended when it does not. stop ends its whole
// process group: a server that is asked to end lets its sessions go on.
func startProcess(n *Namespace, argv []string, names etc, log string, ended func()) (stop func(), err error) {
	output, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer output.Close() // the child has its own copy
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stdout, cmd.Stderr = output, output
	if err := names.show(cmd); err != nil {
		return nil, err
	}
	if err := n.Start(cmd); err != nil {
		return nil, err
	}
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		// WNOWAIT leaves the process's remains and with them its number, so that stop cannot hit another group.
		_ = unix.Waitid(unix.P_PID, cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		ended()
	}()
	return func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-watching
		_ = cmd.Wait() // reports the signal
	}, nil
}

// startupPatience covers a server that starts while three others compete for two processors (pyftpdlib: 0.6 s alone).
const startupPatience = 15 * time.Second

// waitForLogin connects until somebody listens, and then tries one login: a server that refuses will go on refusing.
func waitForLogin(ctx context.Context, n *Namespace, door string, s Setting) error {
	for {
		var conn net.Conn
		err := n.Do(func() (err error) {
			var dialer net.Dialer
			conn, err = dialer.DialContext(ctx, "tcp", door)
			return err
		})
		if err == nil {
			if s.Exclusive {
				return conn.Close()
			}
			return visit(ctx, conn, s.TLS)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// visit logs in and takes leave, so that nothing of the visit stays in a limit per address.
func visit(ctx context.Context, conn net.Conn, encryption Encryption) (err error) {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // no longer than the caller waits
	session := textproto.NewConn(conn)
	if encryption == NoTLS {
		err = readGreeting(conn)
	} else {
		session, _, err = greetUnderTLS(conn, encryption)
	}
	if err != nil {
		return err
	}
	if err := logIn(session); err != nil {
		return err
	}
	return command(session, "QUIT")
}
