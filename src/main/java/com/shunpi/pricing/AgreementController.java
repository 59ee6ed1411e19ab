package com.shunpi.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import com.shunpi.workflow.HiddenContent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger of special-price agreements over HTTP (P5, N2). */
@RestController
@RequestMapping("/api/agreements")
@Tag(name = "特价")
class AgreementController {

    /** @param state {@code running}, {@code used-up}, {@code expired} or {@code future} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AgreementView(
            String requestNumber,
            String customerCode,
            String customerName,
            String productCode,
            String floorPrice,
            int quantity,
            int drawn,
            int remaining,
            LocalDate validFrom,
            LocalDate validTo,
            String state,
            String stateLabel,
            Integer expectedVolume,
            List<EntryView> entries) {}

    /** @param quantity units; what was drawn is positive */
    record EntryView(
            String documentNumber, int quantity, String caseNumber, String actor, String actorName, Instant at) {}

    private final PriceAgreements agreements;
    private final Directory directory;
    private final HiddenContent hidden;
    private final CurrentActor actor;

    AgreementController(PriceAgreements agreements, Directory directory, HiddenContent hidden, CurrentActor actor) {
        this.agreements = agreements;
        this.directory = directory;
        this.hidden = hidden;
        this.actor = actor;
    }

    @GetMapping
    @Operation(summary = "特价协议台账：还剩多少，谁在哪张单据上用了多少；最多 500 条，最近的在前")
    List<AgreementView> find(
            @RequestParam(required = false) String customer, @RequestParam(required = false) String product) {
        if (!actor.isInAny(Groups.PRICE_READERS)) {
            throw RefusedException.forbidden("您没有查看价格的权限。");
        }
        List<PriceAgreements.Agreement> found = visible(agreements.find(blankToNull(customer), blankToNull(product)));
        Map<Long, List<PriceAgreements.Entry>> entries =
                agreements
                        .entries(found.stream()
                                .map(PriceAgreements.Agreement::id)
                                .toList())
                        .stream()
                        .collect(Collectors.groupingBy(PriceAgreements.Entry::agreementId));
        Map<String, String> names = new HashMap<>();
        return found.stream()
                .map(agreement -> view(agreement, entries.getOrDefault(agreement.id(), List.of()), names))
                .toList();
    }

    /** What an order asked for tells its price to whoever is to check it blind (V2). */
    private List<PriceAgreements.Agreement> visible(List<PriceAgreements.Agreement> all) {
        Set<String> secret = hidden.among(
                all.stream().map(PriceAgreements.Agreement::requestNumber).collect(Collectors.toSet()));
        return all.stream()
                .filter(agreement -> !secret.contains(agreement.requestNumber()))
                .toList();
    }

    private AgreementView view(
            PriceAgreements.Agreement agreement, List<PriceAgreements.Entry> entries, Map<String, String> names) {
        LocalDate today = agreements.today();
        String[] state = agreement.validTo().isBefore(today)
                ? new String[] {"expired", "已到期"}
                : agreement.remaining() == 0
                        ? new String[] {"used-up", "已用完"}
                        : agreement.validFrom().isAfter(today)
                                ? new String[] {"future", "未生效"}
                                : new String[] {"running", "有效"};
        return new AgreementView(
                agreement.requestNumber(),
                agreement.customerCode(),
                agreement.customerName(),
                agreement.productCode(),
                agreement.floorPrice().toPlainString(),
                agreement.quantity(),
                agreement.drawn(),
                agreement.remaining(),
                agreement.validFrom(),
                agreement.validTo(),
                state[0],
                state[1],
                agreement.expectedVolume(),
                entries.stream()
                        .map(entry -> new EntryView(
                                entry.documentNumber(),
                                entry.quantity(),
                                entry.caseNumber(),
                                entry.actor(),
                                names.computeIfAbsent(entry.actor(), directory::nameOf),
                                entry.at().toInstant()))
                        .toList());
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
