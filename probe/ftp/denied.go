package ftp

import "strings"

// deniedLines end the one line that stands in place of a listing where the server
// hands the work to a program and the program may not read the folder. The words
// are those of the C library for EACCES (glibc, musl, the BSDs).
var deniedLines = []string{
	": permission denied", // ".: Permission denied" of GNU inetutils ftpd 2.4 (measured); "ls: .: Permission denied" of BSD's ls and wu-ftpd, "ls: cannot open directory '.': Permission denied" of GNU's (known)
}

// ListingDenied tells whether a listing of one line says that the folder may not
// be read, instead of naming what is in it: it begins with who says it, or of what,
// and a colon. An entry begins with a mode, a date, or facts.
func ListingDenied(listing string) bool {
	line := strings.ToLower(strings.TrimSpace(listing))
	first, _, _ := strings.Cut(line, " ")
	if strings.ContainsAny(line, "\r\n") || !strings.HasSuffix(first, ":") {
		return false
	}
	for _, words := range deniedLines {
		if strings.HasSuffix(line, words) {
			return true
		}
	}
	return false
}
