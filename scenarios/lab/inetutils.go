//go:build linux

package lab

import (
	"errors"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
)

// inetutilsCommand is the command line of one session of GNU inetutils ftpd 2.4. It can be told next to nothing: no
// passive range, no mode off, no limit, no TLS.
func inetutilsCommand(installation string, s Setting) ([]string, error) {
	asInetd := Setting{Port: s.Port, IPv6: s.IPv6, SlowNames: s.SlowNames, Lines: s.Lines, Exclusive: s.Exclusive} // what is inetd's part
	if s != asInetd {
		return nil, ErrUnsupported
	}
	return append([]string{filepath.Join(installation, "usr/sbin/ftpd"), "--auth=default"}, strings.Fields(s.Lines)...), nil
}

// startInetd does what inetd does: it listens, and starts argv for each connection with the socket as standard input
// and output. stop closes the listener, ends the sessions and waits for all of them.
func startInetd(n *Namespace, address string, argv []string, names etc) (stop func(), err error) {
	var listener net.Listener
	err = n.Do(func() (err error) {
		listener, err = net.Listen("tcp", address)
		return err
	})
	if err != nil {
		return nil, err
	}

	// Only the accepting goroutine adds sessions, and stop touches them after it has ended.
	var sessions []*exec.Cmd
	accepting := make(chan struct{})
	go func() {
		defer close(accepting)
		for {
			conn, err := listener.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				continue // the client has gone again
			}
			if session := startSession(n, conn.(*net.TCPConn), argv, names); session != nil {
				sessions = append(sessions, session)
			}
		}
	}()
	return func() {
		_ = listener.Close()
		<-accepting
		for _, session := range sessions {
			// Not waited for before, so the process or its remains still have this number.
			_ = session.Process.Kill()
			_ = session.Wait() // says goodbye with exit code 1
		}
	}, nil
}

// startSession starts one server process on the connection, or returns nil if that fails: the client sees it close.
func startSession(n *Namespace, conn *net.TCPConn, argv []string, names etc) *exec.Cmd {
	socket, err := conn.File() // a copy in blocking mode, as the server expects
	_ = conn.Close()
	if err != nil {
		return nil
	}
	defer socket.Close()
	session := exec.Command(argv[0], argv[1:]...)
	session.Stdin, session.Stdout, session.Stderr = socket, socket, socket
	if err := names.show(session); err != nil {
		return nil
	}
	if err := n.Start(session); err != nil {
		return nil
	}
	return session
}
