//go:build linux

package lab

import "time"

// folderDenied is the verdict where the folder's listing is the only thing refused.
var folderDenied = Verdict{
	ID: "neither", Primary: []string{"path-denied"}, Active: "fails", Passive: "fails", Exit: 1, Within: withinHealthy,
	Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, []string{"data-reset", "control-lost", "data-stalled", "listing-empty"}, blamesReach),
}

// folderDeniedSilently is the verdict where a listing is delivered all the same.
var folderDeniedSilently = Verdict{
	ID: "either", Primary: []string{"path-denied"}, Active: "works", Passive: "works", Within: withinHealthy,
	Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, []string{"listing-empty"}, blamesReach),
}

// rootServers change their user: what the folders forbid is forbidden to the sessions.
var rootServers = []Kind{Vsftpd, ProFTPD, PureFTPd, Inetutils}

// folderWorlds are folders that are hard to list.
var folderWorlds = []World{
	{
		Name: "folder-forbidden", Folder: forbiddenFolder,
		Servers: rootServers,
		Truth:   []Expectation{failsWith(ActiveEPRT, curlAccessDenied), failsWith(PassiveEPSV, curlAccessDenied)},
		// What is listed instead is the folder after login.
		Verdict: Verdict{
			ID: "either", Primary: []string{"path-denied"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, []string{"listing-empty"}, blamesReach),
		},
	},
	{
		Name: "folder-unreadable", Folder: unreadableFolder,
		Servers: rootServers,
		Truth:   []Expectation{worksEmpty(ActiveEPRT), worksEmpty(PassiveEPSV)},
		Verdict: folderDenied,
		// ProFTPD's listing is complete and empty: what it may not read only MLST tells. That of inetutils holds the words
		// of the program that lists.
		Special: map[Kind]Verdict{ProFTPD: folderDeniedSilently, Inetutils: folderDeniedSilently},
	},
	{
		Name: "folder-empty", Folder: emptyFolder,
		Truth: []Expectation{worksEmpty(ActiveEPRT), worksEmpty(ActivePORT), worksEmpty(PassiveEPSV), worksEmpty(PassivePASV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Present: []string{"listing-empty"},
			Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name: "folder-huge", Folder: hugeFolder, Alone: true, // four listings of it at a time
		Truth: []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: 20 * time.Second,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
}
