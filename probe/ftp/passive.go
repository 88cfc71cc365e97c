package ftp

import "fmt"

// ParsePassive reads the endpoint from a reply to PASV, EPSV or LPSV by what
// the reply holds, not by the command that was sent: servers exist that answer
// PASV with 229 and EPSV with 227. The form that goes with the code is tried
// first; another form, or another positive code, is noted as QuirkWrongCode.
//
// A refusal and a reply without an endpoint give ErrNoEndpoint, port 0 gives
// ErrPortZero; the Endpoint then holds the Quirks and what could be read.
func ParsePassive(r Reply) (Endpoint, error) {
	var order []form
	switch r.Code {
	case 229:
		order = []form{formEPSV, formPASV, formLPSV}
	case 228:
		order = []form{formLPSV, formPASV, formEPSV}
	default:
		order = []form{formPASV, formEPSV, formLPSV}
	}
	return parsePassive(r, order...)
}

// ParsePASV is ParsePassive for the six numbers of a 227 alone (RFC 959, RFC
// 1123 section 4.1.2.6).
func ParsePASV(r Reply) (Endpoint, error) { return parsePassive(r, formPASV) }

// ParseEPSV is ParsePassive for the form of a 229 alone (RFC 2428 section 3).
func ParseEPSV(r Reply) (Endpoint, error) { return parsePassive(r, formEPSV) }

// form is one way to write an endpoint in a reply.
type form struct {
	code Code
	// find looks for the form in one line of text. Without an error it returns
	// an endpoint; the error of the last line that looked like one is shown.
	find func(text string) (Endpoint, error)
}

var (
	formPASV = form{227, findTuple}
	formLPSV = form{228, findLong}
	formEPSV = form{229, findExtended}
)

func parsePassive(r Reply, order ...form) (Endpoint, error) {
	if !r.Code.Completion() {
		return Endpoint{}, fmt.Errorf("ftp: passive reply %03d: %w", int(r.Code), ErrNoEndpoint)
	}
	var (
		failed Endpoint
		reason error
	)
	for _, f := range order {
		// From the end: the text before may quote other numbers.
		for i := len(r.Lines) - 1; i >= 0; i-- {
			e, err := f.find(r.Lines[i])
			if err != nil {
				if reason == nil {
					failed, reason = e, err
				}
				continue
			}
			return inspect(e, r, f)
		}
	}
	return failed, fmt.Errorf("ftp: passive reply %03d: %w", int(r.Code), reason)
}

// inspect notes what is odd about an endpoint that could be read.
func inspect(e Endpoint, r Reply, f form) (Endpoint, error) {
	if r.Code != f.code {
		e.note(QuirkWrongCode)
	}
	if len(r.Lines) > 1 {
		e.note(QuirkInMultiline)
	}
	switch {
	case e.Port == 0:
		e.note(QuirkPortZero)
		return e, fmt.Errorf("ftp: passive reply %03d: %w", int(r.Code), ErrPortZero)
	case e.Port < firstUnprivileged:
		e.note(QuirkPrivilegedPort)
	}
	return e, nil
}
