package ftp

import (
	"slices"
	"strings"
)

// ParseFEAT returns the features that a reply to FEAT lists (RFC 2389 section
// 3.2), one per element, the verb in upper case and its parameters as sent:
// "MDTM", "REST STREAM", "AUTH TLS;TLS-C;". It is nil for a refusal and for a
// server without features. Servers that put the code before every line instead
// of a blank are understood.
func ParseFEAT(r Reply) []string {
	if !r.Code.Completion() || len(r.Lines) < 2 {
		return nil
	}
	inner := r.Lines[1:]
	if !slices.Contains(r.Quirks, QuirkBadMultilineEnd) { // then the last line is "211 End"
		inner = inner[:len(inner)-1]
	}
	var features []string
	for _, line := range inner {
		verb, parameters, _ := strings.Cut(strings.TrimSpace(line), " ")
		if verb == "" {
			continue
		}
		feature := strings.ToUpper(verb)
		if parameters = strings.TrimSpace(parameters); parameters != "" {
			feature += " " + parameters
		}
		features = append(features, feature)
	}
	return features
}

// HasFeature tells whether a feature with this verb is listed, whatever its
// parameters.
func HasFeature(features []string, verb string) bool {
	for _, feature := range features {
		name, _, _ := strings.Cut(feature, " ")
		if strings.EqualFold(name, verb) {
			return true
		}
	}
	return false
}

// OffersTLS tells whether AUTH with TLS or SSL is listed. RFC 4217 section 6
// wants "AUTH TLS"; seen are also "AUTH SSL", several mechanisms behind blanks,
// semicolons or commas ("AUTH TLS;SSL;", "AUTH SSL TLS"), and the older names
// TLS-C and TLS-P.
func OffersTLS(features []string) bool {
	for _, feature := range features {
		name, parameters, _ := strings.Cut(feature, " ")
		if !strings.EqualFold(name, "AUTH") {
			continue
		}
		for _, mechanism := range strings.FieldsFunc(parameters, func(r rune) bool { return strings.ContainsRune(" ;,\t", r) }) {
			switch strings.ToUpper(mechanism) {
			case "TLS", "SSL", "TLS-C", "TLS-P":
				return true
			}
		}
	}
	return false
}
