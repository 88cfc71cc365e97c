package probe

// stalled judges a listing that stalled on an open data connection.
func (v *view) stalled(a *Attempt) Finding {
	s := v.session(a)
	small, asked := v.experiment("small-segments", s)
	tiny, asItIs := v.experiment("tiny-listing", s)
	f := v.about(DataStalled, ConfidenceLikely, a)
	switch {
	case asked && small.Answer == Yes && v.largeEnough(a) && !(asItIs && tiny.Answer == No):
		f = v.about(DataMTUBlackhole, ConfidenceLikely, a)
		if v.stalledTwice(a) {
			f.Confidence = ConfidenceCertain
		}
	case asked && small.Answer == No && asItIs && tiny.Answer == Yes && a.Bytes == 0 && v.tinyCarriedData(a):
		// Data passes, and the size of the packets is not the reason: the server does
		// not come out with this folder. The end of an empty listing alone does not
		// show that: a device may hold back what carries data.
		f.Party = PartyServerConfig
	}
	f.Evidence = append(f.Evidence, last(small.Events)...)
	f.Evidence = append(f.Evidence, last(tiny.Events)...)
	return f
}

// tinyCarriedData tells whether the listing of a name that is not there brought some
// words, as ls has for it.
func (v *view) tinyCarriedData(a *Attempt) bool {
	return v.another(a, func(b *Attempt) bool {
		return b.Variant == TinyListing && b.EOF && b.Bytes > 0 && b.Bytes <= oneSegment
	})
}

// oneSegment is what a single segment carries on every ordinary path: a listing
// that short is not stopped by the size of its packets.
const oneSegment = 1000

// largeEnough tells whether the listing that came in small segments needed more
// than one segment of ordinary size, and none so large came in ordinary ones on
// this path: then it is not their size that is in the way.
func (v *view) largeEnough(a *Attempt) bool {
	p, ok := v.path(a)
	if !ok {
		return false
	}
	small := false
	for _, s := range p.Sessions {
		for i := range s.Attempts {
			b := &s.Attempts[i]
			switch large := b.Delivered() && b.Bytes > oneSegment; {
			case large && b.Variant == SmallSegments:
				small = true
			case large:
				return false
			}
		}
	}
	return small
}

// stalledTwice tells whether listings stalled more than once on the path of an
// attempt: a packet that was lost by chance does not explain that.
func (v *view) stalledTwice(a *Attempt) bool {
	p, ok := v.path(a)
	if !ok {
		return false
	}
	n := 0
	for _, m := range []Mode{Active, Passive} {
		for _, b := range v.of(p, m) {
			if b.Stop.Cause == Timeout && b.Transfer.Reply.Code.Preliminary() && !b.EOF {
				n++
			}
		}
	}
	return n > 1
}
