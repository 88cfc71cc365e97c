//go:build linux

package lab

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strconv"
	"time"
)

// Probe is one question put to a world with curl instead of ftpdiag. Each lists the server's folder.
type Probe int

// The zero Probe asks nothing.
const (
	_             Probe = iota
	ActiveEPRT          // active mode, EPRT first, PORT if that is refused
	ActivePORT          // active mode with PORT alone
	PassiveEPSV         // passive mode, EPSV first, PASV if that fails
	PassivePASV         // passive mode with PASV alone, to the address in the 227
	ActiveTLS           // ActiveEPRT under AUTH TLS, resuming the TLS session
	PassiveTLS          // PassiveEPSV under AUTH TLS, resuming the TLS session
	PassiveNewTLS       // PassiveTLS with a new TLS session for the data connection
	WrongPassword       // PassiveEPSV as User with a wrong password
	SecondSession       // PassiveEPSV while another control connection is open
)

// String names the probe in the output of tests.
func (p Probe) String() string {
	switch p {
	case ActiveEPRT:
		return "active EPRT"
	case ActivePORT:
		return "active PORT"
	case PassiveEPSV:
		return "passive EPSV"
	case PassivePASV:
		return "passive PASV"
	case ActiveTLS:
		return "active under TLS"
	case PassiveTLS:
		return "passive under TLS"
	case PassiveNewTLS:
		return "passive under TLS without session reuse"
	case WrongPassword:
		return "wrong password"
	case SecondSession:
		return "second session"
	}
	return "Probe(" + strconv.Itoa(int(p)) + ")"
}

// args are the options of curl for the probe, asked from the address local.
func (p Probe) args(local string) []string {
	// explicit TLS, any certificate; curl resumes the session on the data connection unless told otherwise
	tls := []string{"--ssl-reqd", "--insecure"}
	active := []string{"--ftp-port", local}
	switch p {
	case ActiveEPRT:
		return active
	case ActivePORT:
		return append(active, "--disable-eprt")
	case PassiveEPSV, SecondSession:
		return nil
	case PassivePASV:
		return []string{"--disable-epsv", "--no-ftp-skip-pasv-ip"}
	case ActiveTLS:
		return append(active, tls...)
	case PassiveTLS:
		return tls
	case PassiveNewTLS:
		return append(tls, "--no-sessionid")
	case WrongPassword:
		return []string{"--user", User + ":wrong"}
	}
	panic("lab: no such probe: " + p.String())
}

// truthPatience is how long curl may try. What works takes 0.3 s at most here; what is dropped is silent for a minute.
const truthPatience = 3 * time.Second

// The exit codes of curl (curl(1), EXIT CODES) that a Truth can name.
const (
	curlConnectFailed = 7
	curlTimedOut      = 28
	curlLoginDenied   = 67
)

// An Expectation is one probe and what must come of it.
type Expectation struct {
	Probe Probe
	Works bool
	// Exit is the exit code with which curl must fail. 0: any.
	Exit int
}

// works and fails make a truth table readable.
func works(p Probe) Expectation                   { return Expectation{Probe: p, Works: true} }
func fails(p Probe) Expectation                   { return Expectation{Probe: p} }
func failsWith(p Probe, curlExit int) Expectation { return Expectation{Probe: p, Exit: curlExit} }

// Prove puts the question to the world and returns an error if the answer is not the expected one.
func (e Expectation) Prove(ctx context.Context, t *Topology) error {
	if e.Probe == SecondSession {
		first, err := openControl(ctx, t)
		if err != nil {
			return fmt.Errorf("first session: %w", err)
		}
		defer first.Close()
	}
	args := append([]string{
		"--silent", "--show-error", "--max-time", fmt.Sprint(truthPatience.Seconds()), "--interface", t.TruthAddress,
	}, e.Probe.args(t.TruthAddress)...)
	out, err := t.Client.Output(exec.CommandContext(ctx, "curl", append(args, "ftp://"+ServerAddress+"/")...))
	exit := 0
	if failure := (*exec.ExitError)(nil); errors.As(err, &failure) {
		exit = failure.ExitCode()
	} else if err != nil {
		return fmt.Errorf("curl: %w", err)
	}
	switch {
	case e.Works && (exit != 0 || out == ""):
		return fmt.Errorf("%v fails here (curl: exit code %d, %q), and should work", e.Probe, exit, out)
	case !e.Works && exit == 0:
		return fmt.Errorf("%v works here (curl: %q), and should fail", e.Probe, out)
	case e.Exit != 0 && exit != e.Exit:
		return fmt.Errorf("%v fails here with curl's exit code %d (%q), and should with %d", e.Probe, exit, out, e.Exit)
	}
	return nil
}

// openControl opens a control connection and waits for the greeting, so that the server has counted it.
func openControl(ctx context.Context, t *Topology) (net.Conn, error) {
	dialer := net.Dialer{Timeout: truthPatience, LocalAddr: &net.TCPAddr{IP: net.ParseIP(t.TruthAddress)}}
	var conn net.Conn
	err := t.Client.Do(func() (err error) {
		conn, err = dialer.DialContext(ctx, "tcp", net.JoinHostPort(ServerAddress, "21"))
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Now().Add(truthPatience)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if _, err := conn.Read(make([]byte, 512)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}
