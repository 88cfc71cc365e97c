package here

import (
	"strings"
	"unicode"
)

// Proxy is a setting that makes other FTP programs go through a proxy (curl,
// wget, lftp and most libraries; ftpdiag itself never does). So another
// program may work where this one fails, or the reverse.
type Proxy struct {
	Variable string `json:"variable"` // as spelled in the environment
	// Value is scheme, host and port. User name, password and everything else
	// are left out. Of a list of exceptions it is the list.
	Value string `json:"value"`
}

// proxyVariables in the order in which programs prefer them; the spelling in
// lower case comes first because curl prefers it (curl(1), ENVIRONMENT).
// Windows does not tell the spellings apart.
var proxyVariables = []string{"ftp_proxy", "FTP_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"}

// exceptionVariables list the hosts for which no proxy is used.
var exceptionVariables = []string{"no_proxy", "NO_PROXY"}

// longestValue bounds what is kept of a setting.
const longestValue = 200

func proxies(env Env) []Proxy {
	var list []Proxy
	add := func(names []string, clean func(string) string) {
		for i, name := range names {
			value := env.getenv(name)
			if value == "" || env.OS == "windows" && i%2 == 1 {
				continue // On Windows the second spelling reads the same setting.
			}
			list = append(list, Proxy{name, bounded(clean(value))})
		}
	}
	add(proxyVariables, withoutSecrets)
	add(exceptionVariables, func(value string) string { return value })
	return list
}

// withoutSecrets keeps scheme, host and port. Whatever stands before the last
// "@" may be a password, also where the value is no valid URL: passwords with
// a slash, a question mark or an "@" in them are met unescaped.
func withoutSecrets(value string) string {
	scheme, rest, found := strings.Cut(value, "://")
	if !found {
		scheme, rest = "", value
	}
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	if host, port, found := cutLast(rest, ":"); found && strings.Trim(port, "0123456789") != "" && !strings.Contains(port, "]") {
		rest = host // What stands there is no port.
	}
	if scheme == "" || strings.ContainsFunc(scheme, notOfScheme) {
		return rest
	}
	return scheme + "://" + rest
}

// notOfScheme tells the characters that no scheme has (RFC 3986 section 3.1).
func notOfScheme(r rune) bool {
	return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+-.", r)
}

// cutLast is strings.Cut at the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// bounded makes a value fit to be shown.
func bounded(value string) string {
	value = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, value)
	if len(value) > longestValue {
		value = strings.ToValidUTF8(value[:longestValue], "")
	}
	return value
}
