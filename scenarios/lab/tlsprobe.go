//go:build linux

package lab

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// tlsListing is an independent small FTP client for the truth under TLS, because curl cannot tell it: before 8.0 it never
// starts TLS on an active data connection, and in passive mode it starts TLS before LIST, which pyftpdlib resets.
type tlsListing struct {
	topology *Topology
	setting  Setting // of the server
	active   bool    // EPRT; otherwise EPSV
	// newSession begins a new TLS session on the data connection instead of resuming the control connection's.
	newSession bool
}

// run lists the folder under TLS and PROT P, no longer than patience, and returns the listing.
func (l tlsListing) run(ctx context.Context, patience time.Duration) (listing string, err error) {
	control, err := openControl(ctx, l.topology, l.setting.port())
	if err != nil {
		return "", err
	}
	defer control.Close()
	deadline := time.Now().Add(patience)
	if err := control.SetDeadline(deadline); err != nil {
		return "", err
	}
	session, config, err := greetUnderTLS(control, l.setting.TLS)
	if err != nil {
		return "", err
	}
	if err := logIn(session); err != nil {
		return "", err
	}
	for _, line := range []string{"PBSZ 0", "PROT P", "TYPE A"} {
		if err := command(session, line); err != nil {
			return "", err
		}
	}

	data, err := l.dataConnection(ctx, session, deadline)
	if err != nil {
		return "", err
	}
	defer data.Close()
	if err := data.SetDeadline(deadline); err != nil {
		return "", err
	}
	if l.newSession {
		config = config.Clone()
		config.ClientSessionCache = nil
	}
	securedData := tls.Client(data, config)
	content, err := io.ReadAll(securedData)
	if err != nil {
		return "", fmt.Errorf("data connection: %w", err)
	}
	// vsftpd and ProFTPD wait for the client's close_notify before they report success.
	if err := securedData.Close(); err != nil {
		return "", fmt.Errorf("data connection: %w", err)
	}
	_, message, err := session.ReadResponse(2)
	if err != nil {
		return "", fmt.Errorf("after LIST: %w %s", err, message)
	}
	return string(content), nil
}

// dataConnection opens a data connection and sends LIST, and returns when the server has announced the listing.
func (l tlsListing) dataConnection(ctx context.Context, session *textproto.Conn, deadline time.Time) (data net.Conn, err error) {
	if l.active {
		var listener net.Listener
		err := l.topology.Client.Do(func() (err error) {
			listener, err = net.Listen("tcp", net.JoinHostPort(l.topology.TruthAddress, "0"))
			return err
		})
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		if err := listener.(*net.TCPListener).SetDeadline(deadline); err != nil {
			return nil, err
		}
		port := listener.Addr().(*net.TCPAddr).Port
		if err := command(session, fmt.Sprintf("EPRT |1|%s|%d|", l.topology.TruthAddress, port)); err != nil {
			return nil, err
		}
		if err := session.PrintfLine("LIST"); err != nil {
			return nil, err
		}
		data, err = listener.Accept()
		if err != nil {
			return nil, err
		}
	} else {
		port, err := announcedPort(session)
		if err != nil {
			return nil, err
		}
		if data, err = dialFromTruth(ctx, l.topology, port); err != nil {
			return nil, err
		}
		if err := session.PrintfLine("LIST"); err != nil {
			return nil, errors.Join(err, data.Close())
		}
	}
	if _, _, err := session.ReadResponse(1); err != nil {
		return nil, errors.Join(fmt.Errorf("LIST: %w", err), data.Close())
	}
	return data, nil
}

// announcedPort asks with EPSV and takes the port out of "229 ... (|||port|)" (RFC 2428 section 3).
func announcedPort(session *textproto.Conn) (int, error) {
	if err := session.PrintfLine("EPSV"); err != nil {
		return 0, err
	}
	_, message, err := session.ReadResponse(229)
	if err != nil {
		return 0, fmt.Errorf("EPSV: %w", err)
	}
	fields := strings.Split(message, "|")
	if len(fields) < 5 {
		return 0, fmt.Errorf("EPSV: no port in %q", message)
	}
	return strconv.Atoi(fields[3])
}
