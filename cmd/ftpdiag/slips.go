package main

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// slip is an option of other programs, or one that people expect: what they
// want, and how ftpdiag is told so. SERVER stands for the server they named.
type slip struct {
	names []string // long names, and single letters that mean nothing here
	want  string
	give  string
}

var slips = []slip{
	{[]string{"passive", "pasv-only", "passive-only", "passive-mode"}, "To test passive mode only", "ftpdiag --only passive SERVER"},
	{[]string{"active", "active-only", "active-mode", "A", "a"}, "To test active mode only", "ftpdiag --only active SERVER"},
	{[]string{"pasv"}, "To test PASV only", "ftpdiag --only pasv SERVER"},
	{[]string{"epsv"}, "To test EPSV only", "ftpdiag --only epsv SERVER"},
	{[]string{"eprt"}, "To test EPRT only", "ftpdiag --only eprt SERVER"},
	{[]string{"host", "hostname", "server", "address", "url"}, "Give the server without an option", "ftpdiag SERVER"},
	{[]string{"username", "login", "name"}, "To log in with a name", "ftpdiag --user NAME SERVER"},
	{[]string{"anonymous"}, "Without --user the login is anonymous already", "ftpdiag SERVER"},
	{[]string{"ssl", "ftps", "ftpes", "starttls", "auth-tls", "tls-explicit"}, "To use TLS", "ftpdiag --tls explicit SERVER"},
	{[]string{"tls-implicit", "implicit-tls"}, "To use TLS from the first byte", "ftpdiag --tls implicit SERVER"},
	{[]string{"no-tls", "no-ssl", "clear", "plain"}, "To leave TLS out", "ftpdiag --tls off SERVER"},
	{[]string{"insecure", "no-check-certificate", "k"}, "To go on with a bad certificate", "ftpdiag --tls-insecure SERVER"},
	{[]string{"silent", "s"}, "To print the result line only", "ftpdiag --quiet SERVER"},
	{[]string{"out", "file", "html", "export"}, "To keep the result in a file", "ftpdiag -o report.html SERVER"},
	{[]string{"markdown", "csv", "xml", "junit"}, "To pick a format", "ftpdiag --format md SERVER"},
	{[]string{"anonymize", "anonymise", "hide", "privacy"}, "To hide names and addresses", "ftpdiag --redact SERVER"},
	{[]string{"no-color", "nocolor", "no-colour", "monochrome"}, "To leave out colour", "ftpdiag --color never SERVER"},
	{[]string{"debug", "trace", "d"}, "To see the FTP dialogue", "ftpdiag --verbose SERVER"},
	{[]string{"list", "l"}, "To see what can be demonstrated", "ftpdiag demo --list"},
	{[]string{"dir", "directory", "folder", "cwd"}, "To list another folder", "ftpdiag --path FOLDER SERVER"},
	{[]string{"dns", "nameserver"}, "To ask another DNS server", "ftpdiag --resolver ADDRESS SERVER"},
	{[]string{"interface", "bind", "local-address"}, "To use a certain address of this computer", "ftpdiag --source ADDRESS SERVER"},
	{[]string{"connect-timeout", "max-time", "wait", "t", "w"}, "To set a limit for one step", "ftpdiag --timeout 10s SERVER"},
	{[]string{"P"}, "To use another control port", "ftpdiag --port N SERVER"},
	{[]string{"?"}, "All options", "ftpdiag --help"},
}

// passwordOptions are the ways in which people try to give a password on the
// command line. What follows them is never repeated.
var passwordOptions = []string{"password", "pass", "passwd", "pw"}

// optionError words what pflag found wrong. args is the whole command line, to
// say what it should have been.
func optionError(c *cobra.Command, args []string, err error) error {
	var own *complaint
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &unknown):
		return unknownOption(c, args, unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames())
	case errors.As(err, &missing):
		f := missing.GetFlag()
		return complain("--"+f.Name+" needs a value", "It looks like: --"+f.Name+" "+f.Value.Type())
	case errors.As(err, &wrong):
		return complain("--"+wrong.GetFlag().Name+" takes no value", "Leave out "+quote("="+wrong.GetValue())+".")
	case errors.As(err, &syntax):
		return complain(quote(syntax.GetSpecifiedFlag())+" is not an option", "All options: ftpdiag --help")
	default:
		return err
	}
}

// unknownOption words an option that the command does not have. letters are
// the rest of a group such as -vx, of which the first is unknown; they are
// empty for a long option.
func unknownOption(c *cobra.Command, args []string, name, letters string) error {
	shown := "--" + name
	if letters != "" {
		// pflag names the letter's first byte only.
		letter, _ := utf8.DecodeRuneInString(letters)
		name = string(letter)
		shown = "-" + name
	}
	if slices.Contains(passwordOptions, strings.ToLower(name)) {
		return complain("there is no "+clip(shown)+" option, on purpose",
			"Others could read it in the process list and in the command history.",
			"Leave it out (ftpdiag asks), or use --password-file FILE.")
	}
	unknown := "unknown option " + quote(shown)
	for _, s := range slips {
		if slices.Contains(s.names, name) {
			return complain(unknown, s.advice(serverIn(args, shown)))
		}
	}
	for _, other := range c.Root().Commands() {
		if other.Flags().Lookup(name) != nil || letters != "" && name[0] < utf8.RuneSelf && other.Flags().ShorthandLookup(name) != nil {
			return complain(shown+" does not go with ftpdiag "+c.Name(), "Its options: ftpdiag "+c.Name()+" --help")
		}
	}
	if letters != "" {
		// -version and the like: pflag read the letters one by one.
		for _, arg := range args {
			if c.Flags().Lookup(strings.TrimLeft(arg, "-")) != nil && strings.HasPrefix(arg, "-") && strings.HasSuffix(arg, letters) {
				return complain("unknown option "+quote(arg), "Did you mean -"+arg+"?")
			}
		}
		return complain(unknown, "All options: ftpdiag --help")
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := nearest(name, names); near != "" {
		return complain(unknown, "Did you mean --"+near+"?")
	}
	for _, s := range slips {
		if nearest(name, s.names) != "" {
			return complain(unknown, s.advice(serverIn(args, shown)))
		}
	}
	return complain(unknown, "All options: ftpdiag --help")
}

// advice fills in the server.
func (s slip) advice(server string) string {
	return s.want + ": " + strings.ReplaceAll(s.give, "SERVER", server)
}

// serverIn guesses which word of a command line that could not be read is the
// server: one that could be one and does not follow an option, else the
// example. The word after the unknown option may be its value or the server,
// and is taken for the server only if nothing else is there.
func serverIn(args []string, unknown string) string {
	found := exampleServer
	for i, arg := range args {
		a, err := parseAddress(arg)
		if err != nil || strings.HasPrefix(arg, "-") || slices.Contains(commands, arg) {
			continue
		}
		switch {
		case i > 0 && args[i-1] == unknown:
			found = clip(a.shown)
		case i == 0 || !strings.HasPrefix(args[i-1], "-"):
			return clip(a.shown)
		}
	}
	return found
}

// farthest is how many slips of the finger still count as the same word, and
// nearest demands that half of the letters are right, so that short words do not
// all look alike.
const farthest = 2

// nearest picks the word that was probably meant; empty if none is near.
func nearest(typed string, words []string) string {
	best, found := farthest+1, ""
	for _, word := range words {
		if d := distance(strings.ToLower(typed), word); d < best && 2*d <= len(word) && 2*d <= len(typed) {
			best, found = d, word
		}
	}
	return found
}

// distance counts the letters to insert, remove or replace to make one word of
// the other (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitute := diagonal
			if a[i] != b[j] {
				substitute++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitute, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
