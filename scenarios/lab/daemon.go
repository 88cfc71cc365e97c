//go:build linux

package lab

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
)

// Kinds are all servers, in the order in which they are tried.
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
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// Encryption is what a server does about TLS.
type Encryption int

// The zero Encryption is a server without TLS.
const (
	NoTLS Encryption = iota
	// TLSRequired refuses logins and data in clear.
	TLSRequired
	// SessionReuseRequired is TLSRequired, and data connections must resume the control connection's TLS session.
	SessionReuseRequired
)

// A Setting is how a world wants its server. The zero value is an open server: anonymous and User, both modes, clear.
type Setting struct {
	NoPassive     bool // PASV and EPSV refused
	NoActive      bool // PORT and EPRT refused
	OnePerAddress bool // a second control connection from one address is refused
	TLS           Encryption
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
	}
	return nil, fmt.Errorf("no such server: %v", k)
}

// Supports returns ErrUnsupported if the server cannot be set so.
func (k Kind) Supports(s Setting) error {
	folder, err := os.MkdirTemp("", "supports")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
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

// StartDaemon starts a server of the installation inside the namespace and waits until it greets on address:21.
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
	greeted, cancel := context.WithTimeout(ctx, startupPatience)
	defer cancel()
	if k == Inetutils {
		d.Stop, err = startInetd(n, net.JoinHostPort(address, "21"), argv)
	} else {
		d.Stop, err = startProcess(n, argv, d.log, cancel)
	}
	if err != nil {
		return nil, err
	}
	if err := waitForGreeting(greeted, n, address); err != nil {
		d.Stop()
		output, _ := os.ReadFile(d.log) // best effort: the error stands without it
		return nil, fmt.Errorf("%v does not serve: %w; it said: %s", k, err, output)
	}
	return d, nil
}

// startProcess starts a server that stays in the foreground, and calls ended when it does not. stop ends its whole
// process group: a server that is asked to end lets its sessions go on.
func startProcess(n *Namespace, argv []string, log string, ended func()) (stop func(), err error) {
	output, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer output.Close() // the child has its own copy
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stdout, cmd.Stderr = output, output
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

func waitForGreeting(ctx context.Context, n *Namespace, address string) error {
	for {
		err := n.Do(func() error { return greeting(ctx, address) })
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// greeting reads one 220 and takes leave, so that the visit does not stay in a limit per address.
func greeting(ctx context.Context, address string) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(address, "21"))
	if err != nil {
		return err
	}
	defer conn.Close()
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return err
		}
	}
	replies := bufio.NewReader(conn)
	for _, command := range []string{"", "QUIT\r\n"} {
		if _, err := conn.Write([]byte(command)); err != nil {
			return err
		}
		line, err := finalLine(replies)
		if err != nil {
			return err
		}
		if line[0] != '2' && command == "" {
			return fmt.Errorf("greeting %q", line)
		}
	}
	return nil
}

// finalLine reads a reply to its last line: three digits and a space.
func finalLine(replies *bufio.Reader) (string, error) {
	for {
		line, err := replies.ReadString('\n')
		if err != nil {
			return "", err
		}
		if len(line) > 3 && line[3] == ' ' && strings.IndexFunc(line[:3], func(r rune) bool { return r < '0' || r > '9' }) < 0 {
			return line, nil
		}
	}
}
