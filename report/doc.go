// Package report says whom to tell what: it decides the verdict from the facts
// and findings of an examination, words it once, and writes it in every
// [Format].
//
// [New] is pure: the same examination always gives the same report. Verdicts
// are decided in verdict.go. What a report says of an examination stands in the
// words_*.go tables, in facts*.go, why.go, headline.go and actions*.go, so that
// all formats say the same; the files that are called like a format only
// arrange it, and text.go what a terminal shows. A file made by
// [Report.WriteFile] as JSON or HTML can be read back (readback.go).
//
// Beside the report of one examination there are what changed between two
// (compare*.go), the explanation of a finding, a setting or a program without
// any examination (explain*.go, with the settings of package remedies), and how
// the FTP programs of this computer are set (programs*.go).
package report
