package ftp

import "testing"

func TestListingDenied(t *testing.T) {
	for listing, want := range map[string]bool{
		".: Permission denied\r\n":                             true,
		"ls: .: Permission denied\r\n":                         true,
		"ls: cannot open directory '.': Permission denied\r\n": true,
		"":               false,
		"readme.txt\r\n": false,
		"total 0\r\n":    false,
		"-rw-r--r--   1 ftp ftp   0 Jan  1  2026 why: Permission denied\r\n":      false,
		"01-01-26  10:00AM   <DIR>  a: Permission denied\r\n":                     false,
		"type=file;size=0; a: Permission denied\r\n":                              false,
		".: Permission denied\r\n-rw-r--r-- 1 ftp ftp 0 Jan 1 2026 a\r\n":         false,
		"drwxr-xr-x   2 ftp ftp   0 Jan  1  2026 sub\r\nx: Permission denied\r\n": false,
	} {
		if got := ListingDenied(listing); got != want {
			t.Errorf("%q: %v", listing, got)
		}
	}
}
