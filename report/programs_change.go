package report

import (
	"ftpdiag/probe/programs"
	"ftpdiag/report/remedies"
)

// changeWords says what to change so that a program works with the server: a
// line in a file or a variable is best taken away where the program does the
// right thing without it. Else the catalogue knows the place.
func changeWords(x clash) string {
	place, wanted := "", programs.Yes
	if x.by != nil {
		place = x.by.Place
	}
	if x.by != nil && x.by.Passive == programs.Yes || x.by == nil && x.program.Default == programs.Yes {
		wanted = programs.No
	}
	other := x.by != nil && x.by.Aspect != programs.Mode // all of them suit by default
	without := modeWithout(x)
	suits := other || without == wanted || without == programs.Auto && wanted == programs.Yes
	switch {
	case x.by != nil && place == "environment" && suits:
		return "Unset " + cleanText(x.by.Name) + "."
	case x.by != nil && x.by.Line > 0 && suits && !x.by.Shipped && editedByHand[x.program.ID]:
		return "Take " + cleanText(x.by.Name) + " out of " + where(place, x.by.Line) + "."
	}
	topic := "passive"
	if wanted == programs.No {
		topic = "active"
	}
	if entries := remedies.ForTopic(topic, x.program.ID); len(entries) > 0 && !other {
		if setting, _, ok := entries[0].Fill(remedies.StandIns); ok {
			note := ""
			if x.by != nil && x.by.Here && entries[0].Note != "" {
				note = " " + entries[0].Note
			}
			return "To change it: " + setting + doubt(entries[0]) + "." + note
		}
	}
	return "Change that setting."
}

// modeWithout is what the program would do here if the setting were taken away:
// another line, or what came with the system, may say the same.
func modeWithout(x clash) programs.Passive {
	rest := programs.Program{Default: x.program.Default}
	own := programs.Absent
	for i := range x.program.Settings {
		s := &x.program.Settings[i]
		if s == x.by {
			continue
		}
		rest.Settings = append(rest.Settings, *s)
		if s.Here && s.Aspect == programs.Mode && s.Passive != programs.Absent {
			own = s.Passive
		}
	}
	if own != programs.Absent {
		return own
	}
	mode, _ := rest.Passive()
	return mode
}

// editedByHand are the programs whose files people write. Those of the others
// are changed in the program itself.
var editedByHand = map[string]bool{"curl": true, "lftp": true, "wget": true, "rclone": true, "ncftp": true, "tnftp": true, "inetutils-ftp": true, "perl": true}
