package ftp

import "strings"

// MayList tells whether a reply to MLST for a folder says that it may be listed:
// its fact "perm" has an l (RFC 3659 section 7.5.5). known is false where the
// reply has no such fact, or none of a folder. ProFTPD lists a folder that it
// may not read as an empty one, and says so here alone (measured).
func MayList(r Reply) (may, known bool) {
	if !r.Code.Completion() {
		return false, false
	}
	for _, line := range r.Lines {
		facts, _, found := strings.Cut(strings.TrimLeft(line, " "), " ")
		if !found || !strings.Contains(facts, "=") || !strings.HasSuffix(facts, ";") {
			continue
		}
		perm, hasPerm, folder := "", false, false
		for fact := range strings.SplitSeq(facts, ";") {
			name, value, _ := strings.Cut(fact, "=")
			switch strings.ToLower(name) {
			case "perm":
				perm, hasPerm = value, true
			case "type":
				folder = strings.EqualFold(value, "dir") || strings.EqualFold(value, "cdir")
			}
		}
		if hasPerm && folder {
			return strings.ContainsAny(perm, "lL"), true
		}
	}
	return false, false
}
