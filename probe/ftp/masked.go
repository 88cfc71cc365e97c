package ftp

import "strings"

// fewest masked characters that are a mask and not an ornament.
const fewest = 4

// Masked tells whether a reply says nothing but a row of X or of asterisks, as a
// firewall writes it over what the server said: Cisco's inspection does so with
// the reply to SYST (X; the default) and, where it is told to, with the greeting
// (mask-banner in its manual; asterisks in transcripts).
func Masked(r Reply) bool {
	for _, mask := range []string{"X", "*"} {
		masked := strings.Join(r.Lines, "")
		if strings.Count(masked, mask) >= fewest && strings.Trim(masked, mask+" ") == "" {
			return true
		}
	}
	return false
}
