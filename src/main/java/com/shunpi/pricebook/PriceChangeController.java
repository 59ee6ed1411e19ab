package com.shunpi.pricebook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import com.shunpi.workflow.HiddenContent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Price changes over HTTP (P4). */
@RestController
@RequestMapping("/api/price-changes")
@Tag(name = "价格变更")
class PriceChangeController {

    private static final int MOST = 200;

    /** @param newValue absent for who is to key it blind (V2), who sees {@code blind} then */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String changeNumber,
            String kind,
            String code,
            String subject,
            String oldValue,
            String newValue,
            LocalDate effectiveOn,
            String status,
            String statusLabel,
            String preparedBy,
            String confirmedBy,
            Boolean blind) {}

    /** @param verificationNumber the verification that has been asked for */
    record Prepared(String changeNumber, String verificationNumber) {}

    private final PriceChangeActions actions;
    private final PriceChangeService changes;
    private final HiddenContent hidden;
    private final CurrentActor actor;

    PriceChangeController(
            PriceChangeActions actions, PriceChangeService changes, HiddenContent hidden, CurrentActor actor) {
        this.actions = actions;
        this.changes = changes;
        this.hidden = hidden;
        this.actor = actor;
    }

    @PostMapping
    @Operation(summary = "准备一项目录价或结算折扣的变更，由主管确认后生效")
    ResponseEntity<Prepared> prepare(@RequestBody PriceChangeInput input) {
        actor.mustBeIn(Groups.SALES_ASSISTANT);
        Prepared prepared = actions.prepare(input);
        return ResponseEntity.created(URI.create("/api/price-changes/" + prepared.changeNumber()))
                .body(prepared);
    }

    @GetMapping
    @Operation(summary = "最近的价格变更")
    List<View> newest() {
        mustBeReader();
        List<PriceChange> newest = changes.newest(MOST);
        Set<String> blind =
                hidden.among(newest.stream().map(PriceChange::changeNumber).toList());
        return newest.stream()
                .map(change -> view(change, blind.contains(change.changeNumber())))
                .toList();
    }

    @GetMapping("/{number}")
    @Operation(summary = "一项价格变更")
    View show(@PathVariable String number) {
        mustBeReader();
        return view(changes.change(number), hidden.includes(number));
    }

    private void mustBeReader() {
        if (!actor.isInAny(Groups.PRICE_READERS)) {
            throw RefusedException.forbidden("您没有查看价格的权限。");
        }
    }

    private static View view(PriceChange change, boolean blind) {
        return new View(
                change.changeNumber(),
                code(change.kind()),
                change.code(),
                change.subject(),
                change.oldValue().toPlainString(),
                blind ? null : change.newValue().toPlainString(),
                change.effectiveOn(),
                code(change.status()),
                change.status().label(),
                change.preparedBy(),
                change.confirmedBy(),
                blind ? true : null);
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
