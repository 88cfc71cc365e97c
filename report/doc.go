// Package report says whom to tell what: it decides the verdict from the facts
// and findings of an examination, words it once, and writes it in several
// forms.
//
// [New] is pure: the same examination always gives the same report. Verdicts
// are decided in verdict.go; every sentence a person can read stands in the
// words_*.go tables or in why.go, headline.go and actions.go, so that all
// formats say the same; text.go, plain.go, line.go and json.go only arrange.
package report
