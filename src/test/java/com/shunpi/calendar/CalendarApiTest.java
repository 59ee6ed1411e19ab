package com.shunpi.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.shunpi.ShunpiTest;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A9: everybody reads the calendar, a process owner enters a year's notice. */
@ShunpiTest
class CalendarApiTest {

    /** A year that no other test counts in. */
    private static final String NOTICE = """
            {"notice": "国办发明电〔2089〕1号", "days": [
              {"date": "2090-10-02", "working": false, "note": "国庆节"},
              {"date": "2090-10-07", "working": true, "note": "国庆节调休"}]}
            """;

    @Autowired
    MockMvc mvc;

    @Autowired
    WorkingDays workingDays;

    @Test
    void onlyAProcessOwnerOrAdministratorChangesIt() throws Exception {
        mvc.perform(put(2091, NOTICE)).andExpect(status().isUnauthorized());
        mvc.perform(put(2091, NOTICE).with(httpBasic("assistant1", "demo"))).andExpect(status().isForbidden());
        mvc.perform(put(2091, NOTICE).with(httpBasic("manager", "demo"))).andExpect(status().isForbidden());
    }

    @Test
    void aMakeUpDayInMidweekIsRefusedByItsPlace() throws Exception {
        mvc.perform(put(2090, NOTICE.replace("2090-10-07", "2090-10-09")).with(httpBasic("owner", "demo")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[0].field").value("days[1]"));
        mvc.perform(put(1234, NOTICE).with(httpBasic("owner", "demo"))).andExpect(status().isBadRequest());
    }

    @Test
    void aPublishedYearCountsAtOnce() throws Exception {
        mvc.perform(put(2090, NOTICE).with(httpBasic("owner", "demo")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.changedBy").value("owner"));

        assertThat(workingDays.plus(LocalDate.of(2090, 9, 29), 3)).isEqualTo("2090-10-05");
        assertThat(workingDays.isWorkingDay(LocalDate.of(2090, 10, 7))).isTrue();
        mvc.perform(get("/api/calendar/2090").with(httpBasic("rep1", "demo")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.notice").value("国办发明电〔2089〕1号"))
                .andExpect(jsonPath("$.days", hasSize(2)));
    }

    private static MockHttpServletRequestBuilder put(int year, String body) {
        return org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put("/api/calendar/" + year)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }
}
