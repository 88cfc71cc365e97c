package ftp

import (
	"strings"
	"testing"
)

func TestCommandAppendTo(t *testing.T) {
	tests := []struct {
		command Command
		want    string
	}{
		{Command{"NOOP", ""}, "NOOP\r\n"},
		{Command{"USER", "anonymous"}, "USER anonymous\r\n"},
		{Command{"CWD", " a  b "}, "CWD  a  b \r\n"},
		{Command{"CWD", "ger\xe4t\xff"}, "CWD ger\xe4t\xff\xff\r\n"},
		{Command{"CWD", "gerät"}, "CWD gerät\r\n"},
		{Command{"PASS", "secret"}, "PASS secret\r\n"},
	}
	for _, tt := range tests {
		got, err := tt.command.AppendTo([]byte("x"))
		if err != nil || string(got) != "x"+tt.want {
			t.Errorf("%v is sent as %q, %v, want %q", tt.command, got, err, tt.want)
		}
	}
}

// TestCommandRefuses: an argument cannot carry a second command, and the error
// names the byte but never the argument.
func TestCommandRefuses(t *testing.T) {
	tests := []struct {
		command Command
		says    string
	}{
		{Command{}, "without a verb"},
		{Command{"", "x"}, "without a verb"},
		{Command{"PASS", "geheim\r\nDELE x"}, "argument of PASS contains a carriage return"},
		{Command{"PASS", "geheim\nDELE x"}, "argument of PASS contains a line feed"},
		{Command{"PASS", "geheim\x00"}, "argument of PASS contains a NUL"},
		{Command{"NO\nOP", ""}, "verb contains a line feed"},
	}
	for _, tt := range tests {
		got, err := tt.command.AppendTo([]byte("x"))
		if err == nil || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: error %v, want %q", tt.command, err, tt.says)
		}
		if string(got) != "x" {
			t.Errorf("%q: appended %q in spite of the error", tt.command, got)
		}
	}
}

// TestSecretsAreNotShown: whatever the case and the length.
func TestSecretsAreNotShown(t *testing.T) {
	for _, verb := range []string{"PASS", "pass", "ACCT", "Acct"} {
		for _, secret := range []string{"x", "a long secret with blanks"} {
			if got, want := (Command{verb, secret}).String(), verb+" ********"; got != want {
				t.Errorf("%s %s is shown as %q, want %q", verb, secret, got, want)
			}
		}
	}
	if got := (Command{"PORT", "10,0,0,1,4,1"}).String(); got != "PORT 10,0,0,1,4,1" {
		t.Errorf("PORT is shown as %q", got)
	}
	if got := EPSV().String(); got != "EPSV" {
		t.Errorf("EPSV is shown as %q", got)
	}
}
