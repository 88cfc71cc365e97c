package report

import "ftpdiag/probe"

// answerTo is that to a follow-up question at the address and under the protection of
// which a finding speaks.
func (c *story) answerTo(name string, f probe.Finding) probe.Answer {
	of := c.session(f)
	for _, x := range c.e.Experiments {
		s := c.e.Session(x.Session)
		if x.Name == name && x.Answer != probe.NoAnswer && s != nil && of != nil && s.Remote == of.Remote && s.Protection == of.Protection {
			return x.Answer
		}
	}
	return probe.NoAnswer
}

// smallerParts is what became of less after a listing had stalled.
func smallerParts(c *story, f probe.Finding) string {
	switch tiny, small := c.answerTo("tiny-listing", f), c.answerTo("small-segments", f); {
	case tiny == probe.No:
		return "Not even an empty list arrives."
	case tiny == probe.Yes && small == probe.No:
		return "An empty list arrives; smaller packets do not help."
	case small == probe.No:
		return "Smaller packets do not help."
	default:
		return ""
	}
}

// emptyListArrived tells whether a listing of nothing arrived where the folder's did
// not.
func emptyListArrived(c *story, f probe.Finding) bool {
	return c.answerTo("tiny-listing", f) == probe.Yes
}
