//go:build linux

package lab

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strconv"
	"time"
)

// openSession opens a control connection and logs in, so that the server counts it: some count at once, some after
// login.
func openSession(ctx context.Context, t *Topology, port int) (net.Conn, error) {
	control, err := openControl(ctx, t, port)
	if err != nil {
		return nil, err
	}
	if err := readGreeting(control); err != nil {
		return nil, errors.Join(err, control.Close())
	}
	if err := logIn(textproto.NewConn(control)); err != nil {
		return nil, errors.Join(err, control.Close())
	}
	return control, nil
}

// openControl opens a control connection. Nothing has been read.
func openControl(ctx context.Context, t *Topology, port int) (net.Conn, error) {
	control, err := dialFromTruth(ctx, t, port)
	if err != nil {
		return nil, err
	}
	if err := control.SetDeadline(time.Now().Add(truthPatience)); err != nil {
		return nil, errors.Join(err, control.Close())
	}
	return control, nil
}

// greetUnderTLS secures a new control connection, in the way of the server, and reads its greeting before or after that.
func greetUnderTLS(control net.Conn, encryption Encryption) (*textproto.Conn, *tls.Config, error) {
	if encryption == ImplicitTLS {
		secured, config := secure(control)
		return textproto.NewConn(secured), config, readGreeting(secured)
	}
	if err := readGreeting(control); err != nil {
		return nil, nil, err
	}
	if err := command(textproto.NewConn(control), "AUTH TLS"); err != nil {
		return nil, nil, err
	}
	secured, config := secure(control)
	return textproto.NewConn(secured), config, nil
}

// readGreeting reads the 220. The buffer it throws away is empty: the server waits for a command.
func readGreeting(control net.Conn) error {
	if _, _, err := textproto.NewReader(bufio.NewReader(control)).ReadResponse(220); err != nil {
		return fmt.Errorf("greeting: %w", err)
	}
	return nil
}

// secure begins TLS on a control connection. The configuration holds the session that data connections resume.
func secure(control net.Conn) (*tls.Conn, *tls.Config) {
	config := &tls.Config{
		ServerName:         ServerAddress,
		ClientSessionCache: tls.NewLRUClientSessionCache(4),
		InsecureSkipVerify: true, // the lab's own certificate; what is asked is whether data flows
	}
	return tls.Client(control, config), config
}

// dialFromTruth connects from the second address of the client to a port of the server.
func dialFromTruth(ctx context.Context, t *Topology, port int) (conn net.Conn, err error) {
	dialer := net.Dialer{Timeout: truthPatience, LocalAddr: &net.TCPAddr{IP: net.ParseIP(t.TruthAddress)}}
	err = t.Client.Do(func() (err error) {
		conn, err = dialer.DialContext(ctx, "tcp", net.JoinHostPort(ServerAddress, strconv.Itoa(port)))
		return err
	})
	return conn, err
}

// logIn logs in anonymously. Pure-FTPd takes the user name for the whole login, and may then not be given a password.
func logIn(session *textproto.Conn) error {
	if err := session.PrintfLine("USER anonymous"); err != nil {
		return err
	}
	code, message, err := session.ReadResponse(0)
	if err != nil {
		return fmt.Errorf("USER: %w", err)
	}
	switch code {
	case 230:
		return nil
	case 331:
		return command(session, "PASS lab@example.com")
	}
	return fmt.Errorf("USER: %d %s", code, message)
}

// command sends one line and wants a positive completion reply (2xx).
func command(session *textproto.Conn, line string) error {
	if err := session.PrintfLine("%s", line); err != nil {
		return err
	}
	if _, _, err := session.ReadResponse(2); err != nil {
		return fmt.Errorf("%s: %w", line, err)
	}
	return nil
}
