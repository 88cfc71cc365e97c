package ftp

import (
	"slices"
	"strings"
	"testing"
)

func TestParseFEAT(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
		tls      bool
	}{
		{"vsftpd", "211-Features:\r\n AUTH TLS\r\n EPRT\r\n EPSV\r\n MDTM\r\n REST STREAM\r\n211 End\r\n",
			[]string{"AUTH TLS", "EPRT", "EPSV", "MDTM", "REST STREAM"}, true},
		{"lower case and blanks", "211-Features:\r\n  auth  TLS;SSL; \r\n utf8\r\n211 End\r\n",
			[]string{"AUTH TLS;SSL;", "UTF8"}, true},
		{"code before every line", "211-Features:\r\n211-AUTH SSL\r\n211-PASV\r\n211 End\r\n",
			[]string{"AUTH SSL", "PASV"}, true},
		{"several with blanks", "211-x\r\n AUTH SSL TLS\r\n211 End\r\n", []string{"AUTH SSL TLS"}, true},
		{"TLS-C", "211-x\r\n AUTH TLS-C\r\n211 End\r\n", []string{"AUTH TLS-C"}, true},
		{"TLS-C among others", "211-x\r\n AUTH TLS;TLS-C;SSL;TLS-P;\r\n211 End\r\n", []string{"AUTH TLS;TLS-C;SSL;TLS-P;"}, true},
		{"another mechanism", "211-x\r\n AUTH GSSAPI\r\n TLSX\r\n211 End\r\n", []string{"AUTH GSSAPI", "TLSX"}, false},
		{"no features", "211 no features\r\n", nil, false},
		{"empty list", "211-x\r\n211 End\r\n", nil, false},
		{"refused", "500-What\r\n AUTH TLS\r\n500 End\r\n", nil, false},
		{"cut before the end", "211-x\r\n PASV\r\n AUTH TLS\r\n", []string{"PASV", "AUTH TLS"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reply, _ := NewReader(strings.NewReader(tt.in)).ReadReply()
			got := ParseFEAT(reply)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if OffersTLS(got) != tt.tls {
				t.Errorf("offers TLS: %v, want %v", !tt.tls, tt.tls)
			}
		})
	}
}

func TestHasFeature(t *testing.T) {
	features := []string{"REST STREAM", "PASV"}
	for verb, want := range map[string]bool{"REST": true, "rest": true, "PASV": true, "PAS": false, "STREAM": false, "": false} {
		if got := HasFeature(features, verb); got != want {
			t.Errorf("%q: %v, want %v", verb, got, want)
		}
	}
}
