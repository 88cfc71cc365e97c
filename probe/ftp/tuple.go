package ftp

import (
	"fmt"
	"net/netip"
)

// run is a row of numbers with commas between them, in a line of text.
type run struct {
	start, end int   // in the text
	numbers    []int // each at most overflow
	blanks     bool  // blanks around a comma
}

// overflow stands for every number too large to matter.
const overflow = 1 << 20

// longestRun is the most numbers that are kept of one row; a 228 has the
// longest, 21 numbers for IPv6 (RFC 1639).
const longestRun = 32

// runs finds the rows of two and more numbers in a text. Single numbers are
// words of the text, not addresses.
func runs(text string) []run {
	var all []run
	for i := 0; i < len(text); {
		if !digit(text[i]) {
			i++
			continue
		}
		at := run{start: i}
		for {
			n := 0
			for i < len(text) && digit(text[i]) {
				n = min(n*10+int(text[i]-'0'), overflow)
				i++
			}
			if len(at.numbers) <= longestRun {
				at.numbers = append(at.numbers, n)
			}
			at.end = i
			next, blanks := comma(text, i)
			if next < 0 {
				break
			}
			i, at.blanks = next, at.blanks || blanks
		}
		if len(at.numbers) > 1 {
			all = append(all, at)
		}
	}
	return all
}

// comma skips a comma and the blanks around it. It returns where the next
// number begins, -1 if there is none.
func comma(text string, i int) (next int, blanks bool) {
	from := i
	for i < len(text) && text[i] == ' ' {
		i++
	}
	if i == len(text) || text[i] != ',' {
		return -1, false
	}
	comma := i
	i++
	for i < len(text) && text[i] == ' ' {
		i++
	}
	if i == len(text) || !digit(text[i]) {
		return -1, false
	}
	return i, comma > from || i > comma+1
}

// findTuple reads the last row of exactly six numbers from 0 to 255: in
// "Passive 1 ok (10,0,0,1,4,1)" that is the address, wherever digits stand
// before it, and with or without parentheses, as RFC 1123 section 4.1.2.6 asks.
// Rows of other lengths are never bent into an address: ProFTPD writes
// "(2,174,85)." on an IPv6 connection (measured), and that is none.
func findTuple(text string) (Endpoint, error) {
	return findRun(text, func(numbers []int) (Endpoint, error) {
		if len(numbers) != 6 {
			return Endpoint{}, fmt.Errorf("%w: %d numbers where 6 belong", ErrNoEndpoint, len(numbers))
		}
		b, err := octets(numbers)
		if err != nil {
			return Endpoint{Quirks: []Quirk{QuirkOctetOverflow}}, err
		}
		return Endpoint{Addr: netip.AddrFrom4([4]byte(b[:4])), Port: uint16(b[4])<<8 | uint16(b[5])}, nil
	})
}

// findLong reads a 228 (RFC 1639): address family, length of the address, its
// bytes, length of the port, its bytes.
func findLong(text string) (Endpoint, error) {
	return findRun(text, func(numbers []int) (Endpoint, error) {
		b, err := octets(numbers)
		if err != nil {
			return Endpoint{Quirks: []Quirk{QuirkOctetOverflow}}, err
		}
		switch {
		case len(b) == 9 && b[0] == 4 && b[1] == 4 && b[6] == 2:
			return Endpoint{Addr: netip.AddrFrom4([4]byte(b[2:6])), Port: uint16(b[7])<<8 | uint16(b[8])}, nil
		case len(b) == 21 && b[0] == 6 && b[1] == 16 && b[18] == 2:
			return Endpoint{Addr: netip.AddrFrom16([16]byte(b[2:18])), Port: uint16(b[19])<<8 | uint16(b[20])}, nil
		}
		return Endpoint{}, fmt.Errorf("%w: not a long address of IPv4 or IPv6", ErrNoEndpoint)
	})
}

// findRun tries the rows of a text from the last to the first and notes how
// the one that is an endpoint was written.
func findRun(text string, read func([]int) (Endpoint, error)) (Endpoint, error) {
	var (
		failed Endpoint
		reason = fmt.Errorf("%w: no numbers", ErrNoEndpoint)
	)
	all := runs(text)
	for i := len(all) - 1; i >= 0; i-- {
		at := all[i]
		e, err := read(at.numbers)
		if err != nil {
			if i == len(all)-1 {
				failed, reason = e, err
			}
			continue
		}
		if !enclosed(text, at.start, at.end) {
			e.note(QuirkNoParentheses)
		}
		if anyDigit(text[:at.start]) {
			e.note(QuirkDigitsBeforeAddress)
		}
		if at.blanks {
			e.note(QuirkBlanksInAddress)
		}
		return e, nil
	}
	return failed, reason
}

// octets turns the numbers into bytes; a number above 255 is an error.
func octets(numbers []int) ([]byte, error) {
	b := make([]byte, len(numbers))
	for i, n := range numbers {
		if n > 255 {
			return nil, fmt.Errorf("%w: number %d of %d is above 255", ErrNoEndpoint, i+1, len(numbers))
		}
		b[i] = byte(n)
	}
	return b, nil
}

// enclosed tells whether text[start:end] stands in parentheses, blanks aside.
func enclosed(text string, start, end int) bool {
	for start > 0 && text[start-1] == ' ' {
		start--
	}
	for end < len(text) && text[end] == ' ' {
		end++
	}
	return start > 0 && text[start-1] == '(' && end < len(text) && text[end] == ')'
}

func anyDigit(s string) bool {
	for i := range len(s) {
		if digit(s[i]) {
			return true
		}
	}
	return false
}
